package io.havip.linux.internal.packet;

import io.havip.linux.internal.loop.EventLoop;
import io.havip.linux.internal.netlink.Links;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel;
import io.havip.spi.Link;
import io.havip.spi.PlatformException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Opens VRRP sockets. Confined to the loop. */
public final class AdvertPorts implements AdvertChannel {

  private static final int RECEIVE_BATCH = 16;

  /** Holds the longest VRRP message, 8 + 255 x 16 bytes, behind the longest IPv4 header. */
  private static final int RECEIVE_ROOM = 4224;

  private final EventLoop loop;
  private final Links links;
  private final Ipv4Format four;
  private final Ipv6Format six;
  private final ReceiveBuffer buffer;
  private final Set<VrrpPort> ports = new LinkedHashSet<>();

  /** The memory into which all ports receive, one after the other. */
  static final class ReceiveBuffer {
    final MessageRing ring;
    final ControlMessages control;
    final byte[] packet;

    ReceiveBuffer(EventLoop loop) {
      ring = new MessageRing(loop.arena(), RECEIVE_BATCH, RECEIVE_ROOM);
      control = new ControlMessages(ring.memory());
      packet = new byte[RECEIVE_ROOM];
    }
  }

  /** Creates the channel; {@code links} knows the interfaces. */
  public AdvertPorts(EventLoop loop, Links links) {
    this.loop = loop;
    this.links = links;
    four = new Ipv4Format(loop);
    six = new Ipv6Format(loop);
    buffer = new ReceiveBuffer(loop);
  }

  @Override
  public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
    loop.requireLoop();
    Link link =
        links
            .find(interfaceName)
            .orElseThrow(() ->
                new PlatformException(
                    "there is no interface "
                        + interfaceName
                        + "; interfaces found: "
                        + links.names()));
    if (link.loopback()) {
      throw new PlatformException(
          interfaceName + " is a loopback interface, on which VRRP has nobody to talk to");
    }
    IpFormat format =
        switch (family) {
          case IPV4 -> four;
          case IPV6 -> six;
        };
    VrrpPort port = new VrrpPort(loop, format, buffer, family, link, receiver, ports::remove);
    ports.add(port);
    return port;
  }

  /** Closes every port that is still open. */
  public void close() {
    List.copyOf(ports).forEach(VrrpPort::close);
  }
}

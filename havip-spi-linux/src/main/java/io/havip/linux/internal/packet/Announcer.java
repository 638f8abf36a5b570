package io.havip.linux.internal.packet;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Privilege;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.linux.internal.netlink.Links;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import io.havip.spi.Link;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Outcome;
import io.havip.spi.PlatformException;
import io.havip.wire.ArpCodec;
import io.havip.wire.ArpPacket;
import io.havip.wire.NeighborAdvertCodec;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends gratuitous ARP and unsolicited neighbour advertisements. Confined to the loop. */
public final class Announcer implements NeighborAnnouncer {

  private static final Logger LOG = System.getLogger(Announcer.class.getName());

  /** A number no interface has: sending there fails before anything leaves. */
  private static final int NO_INDEX = Integer.MAX_VALUE;

  private final EventLoop loop;
  private final Links links;
  private final PacketSocket socket;
  private final SlowClose slowly;
  private final byte[] frame = new byte[NeighborAdvertCodec.FRAME_LENGTH];
  private final Map<Ear, ProbeSocket> ears = new LinkedHashMap<>();

  private record Ear(int index, IpFamily family) {}

  /**
   * Opens the socket and takes the way of a frame, so that the first one is not slow.
   *
   * @param workers where sockets are closed
   */
  public Announcer(EventLoop loop, Links links, Executor workers) {
    this.loop = loop;
    this.links = links;
    slowly = new SlowClose(workers);
    socket = PacketSocket.sender(loop);
    Ipv4Address address = new Ipv4Address(0);
    MacAddress mac = new MacAddress(2);
    Link nowhere = new Link("", NO_INDEX, mac, false, false, 0, List.of());
    loop.warmUp()
        .take(() -> {
          links.known("");
          announce(nowhere, "", address, 1);
        });
    rehearse(new Ipv4Address(0));
    rehearse(new Ipv6Address(0, 0));
  }

  /** Takes the way of a probe that ends at once, at no interface: nothing leaves. */
  private void rehearse(IpAddress address) {
    Link nowhere = new Link("", 0, MacAddress.ZERO, true, false, 0, List.of());
    start(nowhere, address, loop.now(), answered -> {}).end(false);
  }

  @Override
  public Outcome announce(String interfaceName, IpAddress address) {
    return announce(interfaceName, address, 1);
  }

  @Override
  public Outcome announce(String interfaceName, IpAddress address, int times) {
    loop.requireLoop();
    loop.flush();
    return announce(link(interfaceName), interfaceName, address, times);
  }

  private Outcome announce(
      @Nullable Link link, String interfaceName, IpAddress address, int times) {
    String refusal = refusal(link, interfaceName);
    if (refusal != null || link == null) {
      return new Outcome.Failed(
          operation("announce", address, interfaceName), String.valueOf(refusal), "");
    }
    int length = encode(address, link.mac());
    int result = socket.send(link.index(), frame, length, times);
    if (result < 0) {
      String advice = Errno.isPermission(-result) ? Privilege.NET_RAW.advice() : "";
      return new Outcome.Failed(
          operation("announce", address, interfaceName), Errno.describe(-result), advice);
    }
    return Outcome.DONE;
  }

  private @Nullable Link link(String interfaceName) {
    Link known = links.known(interfaceName);
    return known != null ? known : links.find(interfaceName).orElse(null);
  }

  private int encode(IpAddress address, MacAddress mac) {
    return switch (address) {
      case Ipv4Address four -> ArpCodec.encode(ArpPacket.gratuitous(four, mac), frame, 0);
      case Ipv6Address six -> NeighborAdvertCodec.unsolicited(six, mac, true, frame, 0);
    };
  }

  private static @Nullable String refusal(@Nullable Link link, String interfaceName) {
    if (link == null) {
      return "there is no interface " + interfaceName;
    }
    if (link.loopback()) {
      return interfaceName + " is a loopback interface, it has no neighbours";
    }
    if (link.mac().isZero()) {
      return interfaceName + " has no MAC address";
    }
    return null;
  }

  private static String operation(String verb, IpAddress address, String interfaceName) {
    return verb + " " + address + " on " + interfaceName;
  }

  @Override
  public void probe(String interfaceName, IpAddress address, long until, ProbeListener listener) {
    loop.requireLoop();
    loop.flush();
    Link link = link(interfaceName);
    if (link == null || refusal(link, interfaceName) != null) {
      loop.execute(() -> listener.probed(false));
      return;
    }
    try {
      start(link, address, until, listener);
    } catch (PlatformException e) {
      LOG.log(Level.WARNING, e.getMessage());
      loop.execute(() -> listener.probed(false));
    }
  }

  private Probe start(Link link, IpAddress address, long until, ProbeListener listener) {
    ProbeSocket ear = ear(link, address);
    Probe probe =
        new Probe(
            loop,
            address,
            link.mac(),
            until,
            listener,
            () -> ask(link, address),
            ended -> {
              if (ear.remove(ended)) {
                closeEar(ear);
              }
            });
    ear.add(probe);
    probe.ask();
    return probe;
  }

  private ProbeSocket ear(Link link, IpAddress address) {
    Ear place = new Ear(link.index(), address.family());
    ProbeSocket ear = ears.get(place);
    if (ear == null) {
      ear =
          switch (address.family()) {
            case IPV4 -> new ArpSocket(loop, link);
            case IPV6 -> new NeighborSocket(loop, link);
          };
      ears.put(place, ear);
    }
    return ear;
  }

  private void closeEar(ProbeSocket ear) {
    ears.values().remove(ear);
    ear.close(slowly);
  }

  /** A question that cannot be sent is a lost one: silence answers it. */
  private void ask(Link link, IpAddress address) {
    int length =
        switch (address) {
          case Ipv4Address four -> ArpCodec.encode(ArpPacket.probe(four, link.mac()), frame, 0);
          case Ipv6Address six -> NeighborDiscovery.solicitation(six, link.mac(), frame);
        };
    int result = socket.send(link.index(), frame, length);
    if (result < 0) {
      LOG.log(
          Level.DEBUG,
          "{0} failed: {1}",
          operation("probe", address, link.name()),
          Errno.describe(-result));
    }
  }

  /** Ends all probes without telling anybody and closes the socket. */
  public void close() {
    ears.values().forEach(ear -> ear.abandonAll(slowly));
    ears.clear();
    slowly.rest();
    socket.close();
  }
}

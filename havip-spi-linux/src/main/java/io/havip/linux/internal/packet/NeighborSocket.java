package io.havip.linux.internal.packet;

import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.spi.Link;
import java.util.function.BiConsumer;

/** Hears the neighbour advertisements that others send on an interface. */
final class NeighborSocket extends ProbeSocket {

  private final PacketSocket socket;
  private final byte[] frame = new byte[PacketSocket.MAX_FRAME];

  NeighborSocket(EventLoop loop, Link link) {
    super(loop);
    socket =
        PacketSocket.receiver(
            loop, link.name(), link.index(), Sys.ETH_P_IPV6, PacketFilter.NEIGHBOR_ADVERTISEMENTS);
  }

  @Override
  public int descriptor() {
    return socket.descriptor();
  }

  @Override
  int receive(BiConsumer<IpAddress, MacAddress> claim) {
    int length = socket.receive(frame);
    if (length > 0) {
      IpAddress claimed = NeighborDiscovery.claimed(frame, length);
      if (claimed != null) {
        claim.accept(claimed, MacAddress.read(frame, MacAddress.LENGTH));
      }
    }
    return length;
  }

  @Override
  void closeDescriptor(SlowClose slowly) {
    socket.close(slowly);
  }
}

package io.havip.linux.internal.packet;

import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.spi.Link;
import io.havip.wire.ArpCodec;
import io.havip.wire.ArpPacket;
import io.havip.wire.ArpParse;
import java.util.function.BiConsumer;

/** Hears all ARP packets that others send on an interface. */
final class ArpSocket extends ProbeSocket {

  private final PacketSocket socket;
  private final byte[] frame = new byte[PacketSocket.MAX_FRAME];

  ArpSocket(EventLoop loop, Link link) {
    super(loop);
    socket =
        PacketSocket.receiver(loop, link.name(), link.index(), Sys.ETH_P_ARP, PacketFilter.NONE);
  }

  @Override
  public int descriptor() {
    return socket.descriptor();
  }

  /** A packet from the address claims it. A probe comes from no address: who asks has it not. */
  @Override
  int receive(BiConsumer<IpAddress, MacAddress> claim) {
    int length = socket.receive(frame);
    if (length > 0
        && ArpCodec.parse(frame, 0, length) instanceof ArpParse.Accepted(ArpPacket packet)) {
      claim.accept(packet.senderIp(), packet.senderMac());
    }
    return length;
  }

  @Override
  void closeDescriptor(SlowClose slowly) {
    socket.close(slowly);
  }
}

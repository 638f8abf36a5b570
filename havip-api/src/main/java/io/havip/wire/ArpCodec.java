package io.havip.wire;

import io.havip.net.Ipv4Address;
import io.havip.net.MacAddress;
import java.util.Objects;

/** ARP packets (RFC 826) within untagged Ethernet frames to values and back. */
public final class ArpCodec {

  /** The length of a frame without padding in bytes, Ethernet header included. */
  public static final int FRAME_LENGTH = 42;

  private static final int HARDWARE_ETHERNET = 1;
  private static final int ADDRESS_LENGTHS = MacAddress.LENGTH << 8 | 4;

  private ArpCodec() {}

  /**
   * Emits the announcement of a virtual address, bit for bit as Keepalived does: see {@link
   * ArpPacket#gratuitous}.
   *
   * @param virtualIp the address to announce
   * @param mac the hardware address that answers for it
   * @return a frame of 42 bytes to the broadcast address
   */
  public static byte[] gratuitous(Ipv4Address virtualIp, MacAddress mac) {
    return encode(ArpPacket.gratuitous(virtualIp, mac));
  }

  /**
   * Emits a probe for an address: see {@link ArpPacket#probe}.
   *
   * @param ip the address somebody may be using
   * @param mac the hardware address of the interface that asks
   * @return a frame of 42 bytes to the broadcast address
   */
  public static byte[] probe(Ipv4Address ip, MacAddress mac) {
    return encode(ArpPacket.probe(ip, mac));
  }

  /**
   * Emits a packet as a frame from its sender: a request to the broadcast address, a reply to its
   * target.
   *
   * @param packet the packet
   * @return a frame of 42 bytes
   */
  public static byte[] encode(ArpPacket packet) {
    byte[] frame = new byte[FRAME_LENGTH];
    encode(packet, frame, 0);
    return frame;
  }

  /**
   * Emits a packet into an array of the caller and allocates nothing; addressed as in {@link
   * #encode(ArpPacket)}.
   *
   * @param packet the packet
   * @param target where to write
   * @param offset index of the first byte written
   * @return the number of bytes written, 42
   * @throws IndexOutOfBoundsException if the frame does not fit; nothing is written then
   */
  public static int encode(ArpPacket packet, byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, FRAME_LENGTH, target.length);
    MacAddress destination =
        switch (packet.operation()) {
          case REQUEST -> MacAddress.BROADCAST;
          case REPLY -> packet.targetMac();
        };
    destination.write(target, offset);
    packet.senderMac().write(target, offset + 6);
    Wire.put16(target, offset + 12, Wire.ETHER_TYPE_ARP);
    Wire.put16(target, offset + 14, HARDWARE_ETHERNET);
    Wire.put16(target, offset + 16, Wire.ETHER_TYPE_IPV4);
    Wire.put16(target, offset + 18, ADDRESS_LENGTHS);
    Wire.put16(target, offset + 20, packet.operation().code());
    packet.senderMac().write(target, offset + 22);
    packet.senderIp().write(target, offset + 28);
    packet.targetMac().write(target, offset + 32);
    packet.targetIp().write(target, offset + 38);
    return FRAME_LENGTH;
  }

  /**
   * Reads a frame. Bytes behind the packet are allowed, as Ethernet pads short frames.
   *
   * @param frame holds the frame
   * @param offset index of the first byte of the Ethernet header
   * @param length its length
   * @return the packet, or why it is refused
   * @throws IndexOutOfBoundsException if {@code offset} and {@code length} are not within {@code
   *     frame}
   */
  public static ArpParse parse(byte[] frame, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, frame.length);
    if (length < FRAME_LENGTH) {
      return refuse(RefusalReason.TOO_SHORT, FRAME_LENGTH, length);
    }
    int etherType = Wire.u16(frame, offset + 12);
    if (etherType != Wire.ETHER_TYPE_ARP) {
      return refuse(RefusalReason.BAD_ETHER_TYPE, Wire.ETHER_TYPE_ARP, etherType);
    }
    int hardware = Wire.u16(frame, offset + 14);
    if (hardware != HARDWARE_ETHERNET) {
      return refuse(RefusalReason.BAD_ARP_HEADER, HARDWARE_ETHERNET, hardware);
    }
    int protocol = Wire.u16(frame, offset + 16);
    if (protocol != Wire.ETHER_TYPE_IPV4) {
      return refuse(RefusalReason.BAD_ARP_HEADER, Wire.ETHER_TYPE_IPV4, protocol);
    }
    int lengths = Wire.u16(frame, offset + 18);
    if (lengths != ADDRESS_LENGTHS) {
      return refuse(RefusalReason.BAD_ARP_HEADER, ADDRESS_LENGTHS, lengths);
    }
    int code = Wire.u16(frame, offset + 20);
    ArpPacket.Operation operation;
    switch (code) {
      case 1 -> operation = ArpPacket.Operation.REQUEST;
      case 2 -> operation = ArpPacket.Operation.REPLY;
      default -> {
        return refuse(RefusalReason.BAD_ARP_OPERATION, 1, code);
      }
    }
    return new ArpParse.Accepted(
        new ArpPacket(
            operation,
            MacAddress.read(frame, offset + 22),
            Ipv4Address.read(frame, offset + 28),
            MacAddress.read(frame, offset + 32),
            Ipv4Address.read(frame, offset + 38)));
  }

  private static ArpParse refuse(RefusalReason reason, long expected, long found) {
    return new ArpParse.Refused(new Refusal(reason, expected, found));
  }
}

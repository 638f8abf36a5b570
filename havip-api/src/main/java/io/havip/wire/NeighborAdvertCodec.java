package io.havip.wire;

import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import java.util.Objects;

/**
 * Emits unsolicited neighbour advertisements (RFC 4861 section 4.4), by which an IPv6 virtual
 * address is announced.
 *
 * <p>The frame goes to all nodes (ff02::1) from the virtual address itself with hop limit 255, and
 * carries the target link-layer address option. The override flag is set so that neighbours replace
 * what they know, the solicited flag is clear.
 */
public final class NeighborAdvertCodec {

  /** The length of a frame in bytes, Ethernet header included. */
  public static final int FRAME_LENGTH = 86;

  private static final Ipv6Address ALL_NODES = new Ipv6Address(0xff02_0000_0000_0000L, 1);
  private static final MacAddress ALL_NODES_MAC = MacAddress.multicastOf(ALL_NODES);

  private static final int ICMPV6 = 58;
  private static final int HOP_LIMIT = 255;
  private static final int NEIGHBOR_ADVERTISEMENT = 136;
  private static final int ROUTER_FLAG = 0x80;
  private static final int OVERRIDE_FLAG = 0x20;
  private static final int TARGET_LINK_LAYER_ADDRESS = 2;

  private static final int IP = Wire.ETHERNET_HEADER;
  private static final int ICMP = IP + 40;
  private static final int ICMP_LENGTH = FRAME_LENGTH - ICMP;

  private NeighborAdvertCodec() {}

  /**
   * Emits the announcement of a virtual address.
   *
   * @param virtualIp the address to announce
   * @param mac the hardware address that answers for it
   * @param router whether to set the router flag. RFC 9568 section 6.4.2 sets it; Keepalived does
   *     only on hosts that forward
   * @return a frame of 86 bytes
   */
  public static byte[] unsolicited(Ipv6Address virtualIp, MacAddress mac, boolean router) {
    byte[] frame = new byte[FRAME_LENGTH];
    unsolicited(virtualIp, mac, router, frame, 0);
    return frame;
  }

  /**
   * Emits the announcement of a virtual address into an array of the caller and allocates nothing.
   *
   * @param virtualIp the address to announce
   * @param mac the hardware address that answers for it
   * @param router whether to set the router flag
   * @param target where to write
   * @param offset index of the first byte written
   * @return the number of bytes written, 86
   * @throws IndexOutOfBoundsException if the frame does not fit; nothing is written then
   */
  public static int unsolicited(
      Ipv6Address virtualIp, MacAddress mac, boolean router, byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, FRAME_LENGTH, target.length);
    ALL_NODES_MAC.write(target, offset);
    mac.write(target, offset + 6);
    Wire.put16(target, offset + 12, Wire.ETHER_TYPE_IPV6);
    int ip = offset + IP;
    Wire.put16(target, ip, 0x6000);
    Wire.put16(target, ip + 2, 0);
    Wire.put16(target, ip + 4, ICMP_LENGTH);
    target[ip + 6] = ICMPV6;
    target[ip + 7] = (byte) HOP_LIMIT;
    virtualIp.write(target, ip + 8);
    ALL_NODES.write(target, ip + 24);
    int icmp = offset + ICMP;
    target[icmp] = (byte) NEIGHBOR_ADVERTISEMENT;
    target[icmp + 1] = 0;
    Wire.put16(target, icmp + 2, 0);
    Wire.put16(target, icmp + 4, (router ? ROUTER_FLAG | OVERRIDE_FLAG : OVERRIDE_FLAG) << 8);
    Wire.put16(target, icmp + 6, 0);
    virtualIp.write(target, icmp + 8);
    target[icmp + 24] = TARGET_LINK_LAYER_ADDRESS;
    target[icmp + 25] = 1;
    mac.write(target, icmp + 26);
    long sum =
        InternetChecksum.sum(target, icmp, ICMP_LENGTH)
            + InternetChecksum.pseudoHeader(virtualIp, ALL_NODES, ICMPV6, ICMP_LENGTH);
    Wire.put16(target, icmp + 2, InternetChecksum.finish(sum));
    return FRAME_LENGTH;
  }
}

package io.havip.linux.internal.packet;

import io.havip.linux.internal.libc.Sys;
import io.havip.net.IpAddress;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Neighbour discovery as far as duplicate address detection needs it (RFC 4862 section 5.4). Pure.
 */
final class NeighborDiscovery {

  static final int SOLICITATION_LENGTH = 78;

  private static final int SOLICITATION = 135;
  private static final int ADVERTISEMENT = 136;

  private static final int ETHER_TYPE = 12;
  private static final int IP = 14;
  private static final int PAYLOAD_LENGTH = IP + 4;
  private static final int NEXT_HEADER = IP + 6;
  private static final int HOP_LIMIT = IP + 7;
  private static final int SOURCE = IP + 8;
  private static final int DESTINATION = IP + 24;
  private static final int ICMP = IP + 40;
  private static final int CODE = ICMP + 1;
  private static final int CHECKSUM = ICMP + 2;
  private static final int TARGET = ICMP + 8;
  private static final int ICMP_LENGTH = 24;

  private NeighborDiscovery() {}

  /** ff02::1:ff00:0/104 with the last 24 bits of the address (RFC 4291 section 2.7.1). */
  static Ipv6Address solicitedNode(Ipv6Address address) {
    return new Ipv6Address(0xff02_0000_0000_0000L, 0x1_ff00_0000L | (address.low() & 0xff_ffffL));
  }

  /**
   * Writes the question who uses an address: a solicitation from the unspecified address, from
   * which no cache learns.
   *
   * @return the length of the frame
   */
  static int solicitation(Ipv6Address address, MacAddress mac, byte[] frame) {
    Arrays.fill(frame, 0, SOLICITATION_LENGTH, (byte) 0);
    Ipv6Address group = solicitedNode(address);
    MacAddress.multicastOf(group).write(frame, 0);
    mac.write(frame, MacAddress.LENGTH);
    put16(frame, ETHER_TYPE, Sys.ETH_P_IPV6);
    frame[IP] = 0x60;
    put16(frame, PAYLOAD_LENGTH, ICMP_LENGTH);
    frame[NEXT_HEADER] = Sys.ICMPV6;
    frame[HOP_LIMIT] = (byte) 255;
    group.write(frame, DESTINATION);
    frame[ICMP] = (byte) SOLICITATION;
    address.write(frame, TARGET);
    put16(frame, CHECKSUM, ~sum(frame, SOLICITATION_LENGTH));
    return SOLICITATION_LENGTH;
  }

  /**
   * Which address a frame claims: the target of an advertisement. A solicitation claims nothing:
   * who asks for an address has it not.
   *
   * @param length of the frame
   * @return null if it claims none or is malformed
   */
  static @Nullable IpAddress claimed(byte[] frame, int length) {
    if (length < SOLICITATION_LENGTH
        || u16(frame, ETHER_TYPE) != Sys.ETH_P_IPV6
        || frame[NEXT_HEADER] != Sys.ICMPV6
        || (frame[HOP_LIMIT] & 0xff) != 255
        || frame[CODE] != 0) {
      return null;
    }
    int payload = u16(frame, PAYLOAD_LENGTH);
    if (payload < ICMP_LENGTH || payload > length - ICMP || sum(frame, ICMP + payload) != 0xffff) {
      return null;
    }
    return (frame[ICMP] & 0xff) == ADVERTISEMENT ? Ipv6Address.read(frame, TARGET) : null;
  }

  /** Pseudo header (RFC 8200 section 8.1) and message, folded; all ones if it checks. */
  private static int sum(byte[] frame, int end) {
    long sum = (long) Sys.ICMPV6 + end - ICMP;
    for (int i = SOURCE; i < end; i++) {
      int value = frame[i] & 0xff;
      sum += (i & 1) == 0 ? value << 8 : value;
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) sum;
  }

  private static int u16(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
  }

  private static void put16(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) (value >>> 8);
    bytes[offset + 1] = (byte) value;
  }
}

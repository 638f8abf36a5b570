package io.havip.wire;

import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;

/**
 * The Internet checksum (RFC 1071). Partial sums are plain {@code long}s that are added and folded
 * at the end; no packet is long enough for one to overflow.
 */
final class InternetChecksum {

  private InternetChecksum() {}

  /** Sums 16-bit words in network order; an odd last byte is padded with zero. */
  static long sum(byte[] bytes, int offset, int length) {
    long sum = 0;
    int end = offset + (length & ~1);
    for (int i = offset; i < end; i += 2) {
      sum += (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
    }
    if ((length & 1) != 0) {
      sum += (bytes[end] & 0xff) << 8;
    }
    return sum;
  }

  /** Sums an address. 32-bit halves may be added whole, as 2^16 is 1 modulo 65535. */
  static long sum(IpAddress address) {
    return switch (address) {
      case Ipv4Address four -> four.bits() & 0xffff_ffffL;
      case Ipv6Address six ->
          (six.high() >>> 32)
              + (six.high() & 0xffff_ffffL)
              + (six.low() >>> 32)
              + (six.low() & 0xffff_ffffL);
    };
  }

  /**
   * Sums the pseudo header: that of RFC 8200 section 8.1, which for IPv4 gives the same sum as that
   * of RFC 9293.
   */
  static long pseudoHeader(IpAddress source, IpAddress destination, int protocol, int length) {
    return sum(source) + sum(destination) + protocol + length;
  }

  /**
   * Folds a sum to 16 bits and complements it: the value to put into a checksum field that was
   * summed as zero.
   */
  static int finish(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded >>> 16) + (folded & 0xffff);
    }
    return (int) ~folded & 0xffff;
  }
}

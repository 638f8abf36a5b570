package io.havip.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * An IPv6 address, without a scope id: which link a link-local address belongs to is said by the
 * interface it is used with.
 *
 * @param high the first eight bytes, first byte most significant
 * @param low the last eight bytes
 */
public record Ipv6Address(long high, long low) implements IpAddress {

  /**
   * Reads an address from sixteen bytes in network order.
   *
   * @param source where to read
   * @param offset index of the first byte
   * @return the address
   * @throws IndexOutOfBoundsException if there are fewer than sixteen bytes at {@code offset}
   */
  public static Ipv6Address read(byte[] source, int offset) {
    Objects.checkFromIndexSize(offset, 16, source.length);
    return new Ipv6Address(readLong(source, offset), readLong(source, offset + 8));
  }

  private static long readLong(byte[] source, int offset) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (source[offset + i] & 0xff);
    }
    return value;
  }

  private static void writeLong(long value, byte[] target, int offset) {
    for (int i = 0; i < 8; i++) {
      target[offset + i] = (byte) (value >>> (56 - 8 * i));
    }
  }

  @Override
  public IpFamily family() {
    return IpFamily.IPV6;
  }

  @Override
  public void write(byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, 16, target.length);
    writeLong(high, target, offset);
    writeLong(low, target, offset + 8);
  }

  @Override
  public boolean isLinkLocal() {
    return high >>> 54 == 0xfe80 >>> 6;
  }

  @Override
  public boolean isLoopback() {
    return high == 0 && low == 1;
  }

  @Override
  public boolean isMulticast() {
    return high >>> 56 == 0xff;
  }

  @Override
  public boolean isUnspecified() {
    return high == 0 && low == 0;
  }

  @Override
  public InetAddress toInetAddress() {
    try {
      // InetAddress.getByAddress would turn an IPv4-mapped address into an Inet4Address.
      return Inet6Address.getByAddress(null, toBytes(), -1);
    } catch (UnknownHostException e) {
      throw new AssertionError("sixteen bytes are always an address", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @param other the address to compare with
   * @return negative, zero or positive
   */
  @Override
  public int compareTo(IpAddress other) {
    if (!(other instanceof Ipv6Address six)) {
      return 1;
    }
    int first = Long.compareUnsigned(high, six.high);
    return first != 0 ? first : Long.compareUnsigned(low, six.low);
  }

  /**
   * Returns the canonical form of RFC 5952; an IPv4-mapped address has its last 32 bits in dotted
   * form (section 5).
   *
   * @return for example {@code fe80::50}
   */
  @Override
  public String toString() {
    return AddressText.formatIpv6(high, low);
  }
}

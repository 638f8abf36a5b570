package io.havip.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * An IPv4 address.
 *
 * @param bits the address as a 32-bit number, first byte of the dotted form most significant; any
 *     value is legal
 */
public record Ipv4Address(int bits) implements IpAddress {

  /**
   * Reads an address from four bytes in network order.
   *
   * @param source where to read
   * @param offset index of the first byte
   * @return the address
   * @throws IndexOutOfBoundsException if there are fewer than four bytes at {@code offset}
   */
  public static Ipv4Address read(byte[] source, int offset) {
    Objects.checkFromIndexSize(offset, 4, source.length);
    return new Ipv4Address(
        (source[offset] & 0xff) << 24
            | (source[offset + 1] & 0xff) << 16
            | (source[offset + 2] & 0xff) << 8
            | (source[offset + 3] & 0xff));
  }

  @Override
  public IpFamily family() {
    return IpFamily.IPV4;
  }

  @Override
  public void write(byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, 4, target.length);
    target[offset] = (byte) (bits >>> 24);
    target[offset + 1] = (byte) (bits >>> 16);
    target[offset + 2] = (byte) (bits >>> 8);
    target[offset + 3] = (byte) bits;
  }

  @Override
  public boolean isLinkLocal() {
    return bits >>> 16 == 0xa9fe;
  }

  @Override
  public boolean isLoopback() {
    return bits >>> 24 == 127;
  }

  @Override
  public boolean isMulticast() {
    return bits >>> 28 == 0xe;
  }

  @Override
  public boolean isUnspecified() {
    return bits == 0;
  }

  @Override
  public InetAddress toInetAddress() {
    try {
      return InetAddress.getByAddress(toBytes());
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are always an address", e);
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
    return other instanceof Ipv4Address four ? Integer.compareUnsigned(bits, four.bits) : -1;
  }

  /**
   * Returns the dotted decimal form.
   *
   * @return for example {@code 172.17.16.3}
   */
  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xff)
        + "."
        + (bits >>> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }
}

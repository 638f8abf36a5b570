package io.havip.net;

import java.util.HexFormat;
import java.util.Objects;

/**
 * A 48-bit Ethernet address.
 *
 * @param bits the address as a number, first byte on the wire most significant; 0 to 2^48 - 1
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {

  /** The number of bytes of an address. */
  public static final int LENGTH = 6;

  /** ff:ff:ff:ff:ff:ff. */
  public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

  /** 00:00:00:00:00:00, which is nobody's address; loopback and some tunnels report it. */
  public static final MacAddress ZERO = new MacAddress(0);

  private static final long VIRTUAL_ROUTER_IPV4 = 0x0000_5e00_0100L;
  private static final long VIRTUAL_ROUTER_IPV6 = 0x0000_5e00_0200L;
  private static final long MULTICAST_BIT = 0x0100_0000_0000L;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if more than 48 bits are used
   */
  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException(
          "a MAC address has 48 bits, not 0x" + Long.toHexString(bits));
    }
  }

  /**
   * Reads six pairs of hexadecimal digits, all separated by colons or all by hyphens.
   *
   * @param text for example {@code 00:00:5e:00:01:33}
   * @return the address
   * @throws IllegalArgumentException if {@code text} has another form; the message quotes it
   */
  public static MacAddress parse(String text) {
    long bits = 0;
    boolean good = text.length() == 17 && (text.charAt(2) == ':' || text.charAt(2) == '-');
    for (int i = 0; good && i < 17; i++) {
      char c = text.charAt(i);
      if (i % 3 == 2) {
        good = c == text.charAt(2);
      } else {
        good = HexFormat.isHexDigit(c);
        bits = bits << 4 | (good ? HexFormat.fromHexDigit(c) : 0);
      }
    }
    if (!good) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a MAC address: expected six pairs of hexadecimal digits such as"
              + " 00:00:5e:00:01:33");
    }
    return new MacAddress(bits);
  }

  /**
   * Makes an address from its bytes.
   *
   * @param bytes six bytes in wire order; they are copied
   * @return the address
   * @throws IllegalArgumentException if there are not six bytes
   */
  public static MacAddress of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a MAC address has 6 bytes, not " + bytes.length);
    }
    return read(bytes, 0);
  }

  /**
   * Reads an address from six bytes in wire order.
   *
   * @param source where to read
   * @param offset index of the first byte
   * @return the address
   * @throws IndexOutOfBoundsException if there are fewer than six bytes at {@code offset}
   */
  public static MacAddress read(byte[] source, int offset) {
    Objects.checkFromIndexSize(offset, LENGTH, source.length);
    long bits = 0;
    for (int i = 0; i < LENGTH; i++) {
      bits = bits << 8 | (source[offset + i] & 0xff);
    }
    return new MacAddress(bits);
  }

  /**
   * Returns the virtual router MAC address of RFC 9568 section 7.3: 00-00-5E-00-01-{VRID} for IPv4
   * and 00-00-5E-00-02-{VRID} for IPv6.
   *
   * @param vrid the virtual router identifier, 1 to 255
   * @param family the family of the virtual router
   * @return the address
   * @throws IllegalArgumentException if {@code vrid} is out of range
   */
  public static MacAddress virtualRouter(int vrid, IpFamily family) {
    if (vrid < 1 || vrid > 255) {
      throw new IllegalArgumentException("a VRID is 1 to 255, not " + vrid);
    }
    return switch (family) {
      case IPV4 -> new MacAddress(VIRTUAL_ROUTER_IPV4 | vrid);
      case IPV6 -> new MacAddress(VIRTUAL_ROUTER_IPV6 | vrid);
    };
  }

  /**
   * Returns the Ethernet address an IP multicast group is sent to: 01-00-5E and 23 bits for IPv4
   * (RFC 1112 section 6.4), 33-33 and 32 bits for IPv6 (RFC 2464 section 7).
   *
   * @param group a multicast address
   * @return the address
   * @throws IllegalArgumentException if {@code group} is not a multicast address
   */
  public static MacAddress multicastOf(IpAddress group) {
    if (!group.isMulticast()) {
      throw new IllegalArgumentException(group + " is not a multicast address");
    }
    return switch (group) {
      case Ipv4Address four -> new MacAddress(0x0100_5e00_0000L | (four.bits() & 0x7f_ffff));
      case Ipv6Address six -> new MacAddress(0x3333_0000_0000L | (six.low() & 0xffff_ffffL));
    };
  }

  /**
   * Writes the address in wire order.
   *
   * @param target where to write
   * @param offset index of the first of six bytes
   * @throws IndexOutOfBoundsException if the bytes do not fit; nothing is written then
   */
  public void write(byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, LENGTH, target.length);
    for (int i = 0; i < LENGTH; i++) {
      target[offset + i] = (byte) (bits >>> (40 - 8 * i));
    }
  }

  /**
   * Returns the address in wire order.
   *
   * @return a new array of six bytes
   */
  public byte[] toBytes() {
    byte[] bytes = new byte[LENGTH];
    write(bytes, 0);
    return bytes;
  }

  /**
   * Tells whether all bits are zero. An announcement with such an address would make neighbours
   * send into the void.
   *
   * @return true for 00:00:00:00:00:00
   */
  public boolean isZero() {
    return bits == 0;
  }

  /**
   * Tells whether the group bit is set; true for the broadcast address too.
   *
   * @return true for a multicast or broadcast address
   */
  public boolean isMulticast() {
    return (bits & MULTICAST_BIT) != 0;
  }

  /**
   * Compares as unsigned numbers.
   *
   * @param other the address to compare with
   * @return negative, zero or positive
   */
  @Override
  public int compareTo(MacAddress other) {
    return Long.compare(bits, other.bits);
  }

  /**
   * Returns the form Linux tools print.
   *
   * @return lower case, separated by colons, for example {@code 00:00:5e:00:01:33}
   */
  @Override
  public String toString() {
    return HexFormat.ofDelimiter(":").formatHex(toBytes());
  }
}

package io.havip.net;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An IPv4 or IPv6 address without a scope id.
 *
 * <p>The natural order puts every IPv4 address before every IPv6 address and compares within a
 * family as an unsigned number, which is the order RFC 9568 section 6.4.3 needs to decide between
 * two senders of equal priority. The order is consistent with equals.
 */
public sealed interface IpAddress extends Comparable<IpAddress> permits Ipv4Address, Ipv6Address {

  /**
   * Reads an address literal. Host names are refused, never resolved.
   *
   * <p>IPv4 is four decimal numbers without leading zeros, because {@code 010} is 8 to some readers
   * and 10 to others. IPv6 is any form of RFC 4291 section 2.2, with or without an IPv4 tail;
   * brackets and scope ids ({@code %eth0}) are refused.
   *
   * @param text the literal, without surrounding space
   * @return the address
   * @throws IllegalArgumentException if {@code text} is not such a literal; the message quotes it
   *     and says why
   */
  static IpAddress parse(String text) {
    return text.indexOf(':') >= 0 ? AddressText.parseIpv6(text) : AddressText.parseIpv4(text);
  }

  /**
   * Makes an address from its bytes in network order. Sixteen bytes always give an IPv6 address,
   * also when they hold an IPv4-mapped one.
   *
   * @param bytes 4 or 16 bytes; they are copied
   * @return the address
   * @throws IllegalArgumentException if there are neither 4 nor 16 bytes
   */
  static IpAddress of(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> Ipv4Address.read(bytes, 0);
      case 16 -> Ipv6Address.read(bytes, 0);
      default ->
          throw new IllegalArgumentException(
              "an IP address has 4 or 16 bytes, not " + bytes.length);
    };
  }

  /**
   * Converts from the JDK's type.
   *
   * <p>An IPv6 address with a scope id is refused, because the interface it names would be lost
   * without notice. Where that is meant, write {@code IpAddress.of(address.getAddress())}.
   *
   * @param address the address to convert
   * @return the same address
   * @throws IllegalArgumentException if {@code address} carries a scope id
   */
  static IpAddress of(InetAddress address) {
    if (address instanceof Inet6Address six && six.getScopeId() != 0) {
      throw new IllegalArgumentException(
          "the address "
              + address.getHostAddress()
              + " carries a scope id, which is not supported: name the interface separately");
    }
    return of(address.getAddress());
  }

  /**
   * Returns the family this address belongs to.
   *
   * @return the family
   */
  IpFamily family();

  /**
   * Writes the address in network byte order.
   *
   * @param target where to write
   * @param offset index of the first byte written; 4 or 16 bytes are written
   * @throws IndexOutOfBoundsException if the bytes do not fit; nothing is written then
   */
  void write(byte[] target, int offset);

  /**
   * Tells whether this is a link-local unicast address: 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC
   * 4291).
   *
   * @return true for a link-local address
   */
  boolean isLinkLocal();

  /**
   * Tells whether this is a loopback address: 127.0.0.0/8 or ::1.
   *
   * @return true for a loopback address
   */
  boolean isLoopback();

  /**
   * Tells whether this is a multicast address: 224.0.0.0/4 or ff00::/8.
   *
   * @return true for a multicast address
   */
  boolean isMulticast();

  /**
   * Tells whether this is the unspecified address: 0.0.0.0 or ::.
   *
   * @return true for the unspecified address
   */
  boolean isUnspecified();

  /**
   * Converts to the JDK's type. An IPv4-mapped IPv6 address stays an {@link Inet6Address}.
   *
   * @return the same address, without host name and scope id
   */
  InetAddress toInetAddress();

  /**
   * Returns the address in network byte order.
   *
   * @return a new array of 4 or 16 bytes
   */
  default byte[] toBytes() {
    byte[] bytes = new byte[family().addressBytes()];
    write(bytes, 0);
    return bytes;
  }
}

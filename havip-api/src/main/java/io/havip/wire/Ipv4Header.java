package io.havip.wire;

import io.havip.net.Ipv4Address;
import java.util.Objects;

/**
 * The header of an unfragmented IPv4 packet (RFC 791 section 3.1), without the bytes of its
 * options.
 *
 * @param trafficClass the type-of-service byte, 0 to 255
 * @param identification 0 to 65535
 * @param dontFragment the DF flag
 * @param ttl 0 to 255
 * @param protocol the protocol of the payload, 0 to 255; 112 for VRRP
 * @param source the source address
 * @param destination the destination address
 * @param headerLength length of the header with options in bytes: 20 to 60, a multiple of 4
 * @param totalLength length of header and payload in bytes, at most 65535
 */
public record Ipv4Header(
    int trafficClass,
    int identification,
    boolean dontFragment,
    int ttl,
    int protocol,
    Ipv4Address source,
    Ipv4Address destination,
    int headerLength,
    int totalLength) {

  /**
   * Checks every range.
   *
   * @throws IllegalArgumentException if a part is out of range; the message says which
   * @throws NullPointerException if an address is null
   */
  public Ipv4Header {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(destination, "destination");
    check("traffic class", trafficClass, 0, 0xff);
    check("identification", identification, 0, 0xffff);
    check("TTL", ttl, 0, 0xff);
    check("protocol", protocol, 0, 0xff);
    check("header length", headerLength, Ipv4Codec.MIN_HEADER, Ipv4Codec.MAX_HEADER);
    check("total length", totalLength, headerLength, 0xffff);
    if (headerLength % 4 != 0) {
      throw new IllegalArgumentException("a header length is a multiple of 4, not " + headerLength);
    }
  }

  private static void check(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "the " + what + " is " + min + " to " + max + ", not " + value);
    }
  }

  /**
   * Makes the header of an advert as Keepalived sends it: type of service 0xC0, TTL 255, no
   * options, DF clear.
   *
   * @param identification 0 to 65535
   * @param source the address it is sent from
   * @param destination the group or one unicast peer
   * @param payloadLength length of the VRRP message in bytes
   * @return the header
   * @throws IllegalArgumentException if a number is out of range
   */
  public static Ipv4Header vrrp(
      int identification, Ipv4Address source, Ipv4Address destination, int payloadLength) {
    return new Ipv4Header(
        VrrpCodec.TRAFFIC_CLASS,
        identification,
        false,
        VrrpCodec.TTL,
        VrrpCodec.PROTOCOL,
        source,
        destination,
        Ipv4Codec.MIN_HEADER,
        Ipv4Codec.MIN_HEADER + payloadLength);
  }

  /**
   * Returns the length of what follows the header.
   *
   * @return bytes, 0 or more
   */
  public int payloadLength() {
    return totalLength - headerLength;
  }

  /**
   * Returns a copy with the DF flag as given; FRR sets it, Keepalived does not.
   *
   * @param newDontFragment the flag
   * @return the copy
   */
  public Ipv4Header withDontFragment(boolean newDontFragment) {
    return new Ipv4Header(
        trafficClass,
        identification,
        newDontFragment,
        ttl,
        protocol,
        source,
        destination,
        headerLength,
        totalLength);
  }

  /**
   * Returns a copy with another TTL.
   *
   * @param newTtl 0 to 255
   * @return the copy
   * @throws IllegalArgumentException if it is out of range
   */
  public Ipv4Header withTtl(int newTtl) {
    return new Ipv4Header(
        trafficClass,
        identification,
        dontFragment,
        newTtl,
        protocol,
        source,
        destination,
        headerLength,
        totalLength);
  }
}

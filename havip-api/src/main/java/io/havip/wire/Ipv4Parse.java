package io.havip.wire;

/** What {@link Ipv4Codec#parse} made of a packet. */
public sealed interface Ipv4Parse {

  /**
   * A usable packet.
   *
   * @param header its header; the payload starts {@link Ipv4Header#headerLength} bytes into the
   *     packet and is {@link Ipv4Header#payloadLength} bytes long, whatever follows it
   */
  record Accepted(Ipv4Header header) implements Ipv4Parse {}

  /**
   * A packet that must not be acted upon.
   *
   * @param refusal why
   */
  record Refused(Refusal refusal) implements Ipv4Parse {}
}

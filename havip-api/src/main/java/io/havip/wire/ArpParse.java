package io.havip.wire;

/** What {@link ArpCodec#parse} made of a frame. */
public sealed interface ArpParse {

  /**
   * A well-formed packet.
   *
   * @param packet the packet
   */
  record Accepted(ArpPacket packet) implements ArpParse {}

  /**
   * A frame that must not be acted upon.
   *
   * @param refusal why
   */
  record Refused(Refusal refusal) implements ArpParse {}
}

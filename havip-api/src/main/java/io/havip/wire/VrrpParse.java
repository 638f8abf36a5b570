package io.havip.wire;

/** What {@link VrrpCodec#parse} made of a message. */
public sealed interface VrrpParse {

  /**
   * A well-formed advert.
   *
   * @param advert the advert
   * @param form what its checksum was found to cover. Where more than one form fits, the first of
   *     pseudo header, message only, and pseudo header with multicast destination
   */
  record Accepted(VrrpAdvert advert, ChecksumForm form) implements VrrpParse {}

  /**
   * A message that must not be acted upon.
   *
   * @param refusal why
   */
  record Refused(Refusal refusal) implements VrrpParse {}
}

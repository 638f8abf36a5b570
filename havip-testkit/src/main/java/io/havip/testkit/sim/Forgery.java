package io.havip.testkit.sim;

/** What is wrong with a VRRP packet that somebody makes of the last one on a segment. */
public enum Forgery {
  /** It is of another virtual router, and carries the same addresses. */
  OTHER_VRID,
  /** It is of another protocol version. */
  OTHER_VERSION,
  /** Its checksum does not fit. */
  BAD_CHECKSUM,
  /** It comes from another segment: its TTL or hop limit is 254. Only groups refuse that. */
  LOW_HOP_LIMIT,
  /** It ends in the middle. */
  TRUNCATED,
  /** It is the packet itself, which comes back to its sender. */
  REFLECTED,
  /** Its sender hears it from somebody else with the same address and a higher priority. */
  SAME_ADDRESS;

  /** {@return whether it names the member that hears it as its sender} */
  public boolean ownAddress() {
    return this == REFLECTED || this == SAME_ADDRESS;
  }
}

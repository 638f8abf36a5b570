package io.havip.wire;

/**
 * The VRRP version of a message. The two do not understand each other: each receiver drops the
 * other's adverts.
 */
public enum VrrpVersion {
  /** VRRPv2, RFC 3768: IPv4 only, intervals in whole seconds, optional plain password. */
  V2(2),
  /**
   * VRRPv3, RFC 9568 (formerly RFC 5798): IPv4 and IPv6, intervals in centiseconds, no
   * authentication.
   */
  V3(3);

  private final int number;

  VrrpVersion(int number) {
    this.number = number;
  }

  /**
   * Returns the number in the version field.
   *
   * @return 2 or 3
   */
  public int number() {
    return number;
  }
}

package io.havip.net;

/**
 * The two IP address families. VRRP never mixes them within one virtual router (RFC 9568 section
 * 1).
 */
public enum IpFamily {
  /** IPv4, 32-bit addresses. */
  IPV4(4),
  /** IPv6, 128-bit addresses. */
  IPV6(16);

  private final int bytes;

  IpFamily(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the length of an address in bits, which is also the longest prefix length.
   *
   * @return 32 or 128
   */
  public int addressBits() {
    return bytes * Byte.SIZE;
  }

  /**
   * Returns the length of an address in bytes.
   *
   * @return 4 or 16
   */
  public int addressBytes() {
    return bytes;
  }
}

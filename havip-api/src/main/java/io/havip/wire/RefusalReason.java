package io.havip.wire;

/**
 * Why a received packet is not acted upon. Some reasons are found by the codecs of this package,
 * the others by the receive rules of a virtual router. The {@link #id} of a reason never changes
 * and is meant for metrics and logs.
 */
public enum RefusalReason {
  /**
   * Fewer bytes than the fixed part of the message or frame. Expected: the least length in bytes.
   * Found: the length.
   */
  TOO_SHORT("too-short"),
  /**
   * The length is not the one the fields of the message require. Expected: that length in bytes.
   * Found: the length.
   */
  LENGTH_MISMATCH("length-mismatch"),
  /**
   * The message is followed by the 28 bytes of Keepalived's auth_hmac, which is not supported.
   * Expected: the length without them. Found: the length.
   */
  AUTH_HMAC_TRAILER("auth-hmac-trailer"),
  /** The VRRP version is neither 2 nor 3. Found: the version. */
  BAD_VERSION("bad-version"),
  /** The VRRP type is not 1 (advertisement). Found: the type. */
  BAD_TYPE("bad-type"),
  /** The VRID is 0. */
  BAD_VRID("bad-vrid"),
  /** The address count is 0 (RFC 9568 erratum 8299). */
  ZERO_ADDRESSES("zero-addresses"),
  /** The advertisement interval is 0 (RFC 9568 erratum 8301). */
  ZERO_INTERVAL("zero-interval"),
  /**
   * The checksum fits none of the accepted forms. Expected: the right checksum of the preferred
   * form. Found: the checksum.
   */
  BAD_CHECKSUM("bad-checksum"),
  /** The VRRPv2 authentication type is not one of RFC 2338. Found: the type. */
  UNKNOWN_AUTH_TYPE("unknown-auth-type"),
  /** VRRPv2 with IP Authentication Header, which is not supported. */
  AUTHENTICATION_HEADER("authentication-header"),
  /** A VRRPv2 message over IPv6. */
  VERSION_NEEDS_IPV4("version-needs-ipv4"),
  /** The IPv4 header cannot be used. Expected and found: the first field that is wrong. */
  BAD_IP_HEADER("bad-ip-header"),
  /** The packet is a fragment. Found: the more-fragments flag and the offset as in the header. */
  FRAGMENT("fragment"),
  /**
   * The Ethernet frame carries another protocol than the one expected. Expected and found: the
   * Ethernet types.
   */
  BAD_ETHER_TYPE("bad-ether-type"),
  /**
   * The ARP packet is not about IPv4 over Ethernet. Expected and found: the first 16-bit field that
   * is wrong.
   */
  BAD_ARP_HEADER("bad-arp-header"),
  /** The ARP operation is neither request nor reply. Found: the operation. */
  BAD_ARP_OPERATION("bad-arp-operation"),
  /**
   * The TTL or hop limit is not 255, so the packet may have crossed a router (RFC 9568 section
   * 5.1.1.3). Expected: 255. Found: the TTL or hop limit.
   */
  TTL_NOT_255("ttl-not-255"),
  /**
   * The VRRP version is not the one this router is configured for. Expected: our version. Found:
   * the version.
   */
  VERSION_NOT_OURS("version-not-ours"),
  /** The VRRPv2 authentication type is not ours. Expected: our type. Found: the type. */
  AUTH_TYPE_MISMATCH("auth-type-mismatch"),
  /** The VRRPv2 password is not ours. No numbers. */
  AUTH_FAILED("auth-failed"),
  /**
   * The VRRPv2 interval is not ours (RFC 3768 section 7.1). Expected: our interval in centiseconds.
   * Found: the interval.
   */
  INTERVAL_MISMATCH("interval-mismatch"),
  /** No virtual router with this VRID is configured here. Found: the VRID. */
  UNKNOWN_VRID("unknown-vrid"),
  /**
   * Another virtual router's advert carries an address of this one. Expected: our VRID. Found: its
   * VRID.
   */
  FOREIGN_CLAIM("foreign-claim"),
  /** The source is not one of the configured unicast peers. */
  NOT_A_PEER("not-a-peer"),
  /**
   * The TTL or hop limit is out of the range configured for the peer. Expected: the nearest bound.
   * Found: the TTL or hop limit.
   */
  TTL_OUT_OF_RANGE("ttl-out-of-range"),
  /** A unicast packet, although this router works by multicast. */
  NOT_MULTICAST("not-multicast"),
  /** A multicast packet, although this router works by unicast. */
  NOT_UNICAST("not-unicast"),
  /** The address family is not the one expected. */
  FAMILY_MISMATCH("family-mismatch"),
  /** The source is an address of this host. */
  OWN_ADDRESS("own-address"),
  /**
   * The virtual router does not take part at present, or owns its addresses and ignores adverts.
   */
  NOT_LISTENING("not-listening");

  private final String id;

  RefusalReason(String id) {
    this.id = id;
  }

  /**
   * Returns the stable name of this reason.
   *
   * @return lower-case words joined by hyphens
   */
  public String id() {
    return id;
  }
}

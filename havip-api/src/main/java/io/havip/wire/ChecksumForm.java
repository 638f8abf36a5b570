package io.havip.wire;

import io.havip.net.IpFamily;

/**
 * What the VRRP checksum covers.
 *
 * <p>There is a choice only for VRRPv3 over IPv4, where RFC 5798 was read both ways. VRRPv2 always
 * covers the message alone and IPv6 always covers the pseudo header; see {@link #inForce}.
 */
public enum ChecksumForm {
  /**
   * The VRRP message alone: RFC 9568 section 5.2.8 for IPv4, and VRRPv2. Keepalived 2.2.7 and FRR
   * 8.4.4 drop it in VRRPv3.
   */
  MESSAGE_ONLY,
  /**
   * A pseudo header with the real source and destination, then the message: what Keepalived and FRR
   * send by default.
   */
  PSEUDO_HEADER,
  /**
   * A pseudo header in which the destination reads 224.0.0.18 although the packet is unicast:
   * Keepalived up to 1.3.6. Accepted only when asked for, since it does not prove where the packet
   * was sent to.
   */
  PSEUDO_HEADER_MULTICAST;

  /**
   * Returns the form that applies when this one is asked for.
   *
   * @param version the version of the message
   * @param family the family it is carried by
   * @return this form for VRRPv3 over IPv4; otherwise the only form there is
   */
  public ChecksumForm inForce(VrrpVersion version, IpFamily family) {
    if (version == VrrpVersion.V2) {
      return MESSAGE_ONLY;
    }
    return family == IpFamily.IPV6 ? PSEUDO_HEADER : this;
  }
}

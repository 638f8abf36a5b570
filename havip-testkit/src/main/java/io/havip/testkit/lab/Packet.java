package io.havip.testkit.lab;

import java.util.List;

/**
 * What a frame says, as far as failover tests care. Decoded by this package itself on plain bytes,
 * independently of the library's codec, so that it can judge it.
 *
 * <p>MAC addresses are text like {@code 0a:00:00:00:00:01}; IP addresses are text in the shortest
 * form (RFC 5952 for IPv6).
 */
public sealed interface Packet {

  /** Which bytes a VRRP checksum was found to cover. */
  enum Checksum {
    /** The VRRP message alone: VRRPv2, and VRRPv3 on IPv4 as RFC 9568 section 5.2.8 has it. */
    MESSAGE,
    /** Pseudo header and message: VRRPv3 on IPv6, and VRRPv3 on IPv4 as most of Linux sends it. */
    PSEUDO_HEADER,
    /** Neither fits. */
    WRONG
  }

  /**
   * A VRRP advertisement.
   *
   * @param sourceMac the Ethernet source
   * @param destinationMac the Ethernet destination
   * @param source the IP source
   * @param destination the IP destination
   * @param ttl the TTL or hop limit
   * @param version 2 or 3, but not checked
   * @param vrid the virtual router id, 0..255
   * @param priority 0..255
   * @param intervalMillis the advert interval; 1000 ms steps in version 2, 10 ms steps in 3
   * @param addresses the virtual addresses in their order
   * @param checksum which checksum was found
   */
  record VrrpAdvert(
      String sourceMac,
      String destinationMac,
      String source,
      String destination,
      int ttl,
      int version,
      int vrid,
      int priority,
      int intervalMillis,
      List<String> addresses,
      Checksum checksum)
      implements Packet {
    /** Copies the list. */
    public VrrpAdvert {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * An ARP packet for IPv4 on Ethernet (RFC 826).
   *
   * @param sourceMac the Ethernet source
   * @param destinationMac the Ethernet destination
   * @param operation 1 request, 2 reply, but not checked
   * @param senderMac the sender's hardware address
   * @param senderIp the sender's IP address
   * @param targetMac the target's hardware address
   * @param targetIp the target's IP address
   */
  record Arp(
      String sourceMac,
      String destinationMac,
      int operation,
      String senderMac,
      String senderIp,
      String targetMac,
      String targetIp)
      implements Packet {

    /**
     * Tells whether this is gratuitous: a broadcast about the sender itself, request or reply.
     *
     * @return true if sender and target IP address are the same and it goes to all
     */
    public boolean gratuitous() {
      return senderIp.equals(targetIp) && destinationMac.equals("ff:ff:ff:ff:ff:ff");
    }
  }

  /**
   * A neighbour advertisement (RFC 4861 section 4.4).
   *
   * @param sourceMac the Ethernet source
   * @param source the IPv6 source
   * @param destination the IPv6 destination; {@code ff02::1} if unsolicited
   * @param target the address it is about
   * @param targetMac the target link-layer address option; empty if absent
   * @param router the R flag
   * @param solicited the S flag
   * @param override the O flag
   */
  record NeighborAdvertisement(
      String sourceMac,
      String source,
      String destination,
      String target,
      String targetMac,
      boolean router,
      boolean solicited,
      boolean override)
      implements Packet {}

  /**
   * Anything else, and anything that is cut off or contradicts itself.
   *
   * @param what in words why it is none of the others
   */
  record Other(String what) implements Packet {}

  /**
   * Decodes an Ethernet frame.
   *
   * @param frame the bytes from the Ethernet header on, without frame check sequence
   * @return never null; {@link Other} for everything not understood
   */
  static Packet decode(byte[] frame) {
    return PacketDecoder.decode(frame);
  }
}

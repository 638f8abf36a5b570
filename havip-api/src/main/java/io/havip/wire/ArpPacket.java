package io.havip.wire;

import io.havip.net.Ipv4Address;
import io.havip.net.MacAddress;
import java.util.Objects;

/**
 * An ARP packet for IPv4 over Ethernet (RFC 826).
 *
 * @param operation request or reply
 * @param senderMac the sender's hardware address
 * @param senderIp the sender's protocol address
 * @param targetMac the target's hardware address
 * @param targetIp the target's protocol address
 */
public record ArpPacket(
    Operation operation,
    MacAddress senderMac,
    Ipv4Address senderIp,
    MacAddress targetMac,
    Ipv4Address targetIp) {

  /** What an ARP packet asks or answers. */
  public enum Operation {
    /** Operation 1. */
    REQUEST(1),
    /** Operation 2. */
    REPLY(2);

    private final int code;

    Operation(int code) {
      this.code = code;
    }

    /**
     * Returns the number in the operation field.
     *
     * @return 1 or 2
     */
    public int code() {
      return code;
    }
  }

  /**
   * Checks that no part is missing.
   *
   * @throws NullPointerException if a part is null
   */
  public ArpPacket {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(senderMac, "senderMac");
    Objects.requireNonNull(senderIp, "senderIp");
    Objects.requireNonNull(targetMac, "targetMac");
    Objects.requireNonNull(targetIp, "targetIp");
  }

  /**
   * Makes the announcement Keepalived and FRR send: a request in which sender and target address
   * are the virtual address and the target hardware address is the broadcast address (measured; RFC
   * 5227 section 2.3 would have zero there, and Linux accepts both).
   *
   * @param virtualIp the address to announce
   * @param mac the hardware address that answers for it
   * @return the packet
   */
  public static ArpPacket gratuitous(Ipv4Address virtualIp, MacAddress mac) {
    return new ArpPacket(Operation.REQUEST, mac, virtualIp, MacAddress.BROADCAST, virtualIp);
  }

  /**
   * Makes a probe: a request whose sender address is zero, so that no cache learns from it (RFC
   * 5227 section 2.1.1).
   *
   * @param ip the address somebody may be using
   * @param mac the hardware address of the interface that asks
   * @return the packet
   */
  public static ArpPacket probe(Ipv4Address ip, MacAddress mac) {
    return new ArpPacket(Operation.REQUEST, mac, new Ipv4Address(0), MacAddress.ZERO, ip);
  }

  /**
   * Tells whether the packet announces an address: sender and target address are the same and not
   * zero, whichever the operation.
   *
   * @return true for a gratuitous ARP packet
   */
  public boolean isGratuitous() {
    return senderIp.equals(targetIp) && !senderIp.isUnspecified();
  }

  /**
   * Tells whether the packet only asks if an address is used (RFC 5227 section 1.1).
   *
   * @return true for a request whose sender address is zero
   */
  public boolean isProbe() {
    return operation == Operation.REQUEST && senderIp.isUnspecified();
  }
}

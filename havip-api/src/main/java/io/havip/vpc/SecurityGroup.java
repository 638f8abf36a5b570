package io.havip.vpc;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import java.util.List;

/**
 * What may come in to an interface. What no rule admits is dropped without a signal to the sender.
 * What leaves is not restricted.
 *
 * @param id names it
 * @param ingress what it admits
 */
public record SecurityGroup(SecurityGroupId id, List<Rule> ingress) {

  /** The IP protocol number of VRRP, which a group must admit for unicast adverts to arrive. */
  public static final int VRRP = 112;

  /**
   * Admits packets.
   *
   * @param protocol IP protocol number, 0 to 255, or {@link #ANY}
   * @param source from where
   */
  public record Rule(int protocol, Cidr source) {

    /** Stands for every protocol. */
    public static final int ANY = -1;

    /**
     * Checks the protocol.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Rule {
      if (protocol < ANY || protocol > 255) {
        throw new IllegalArgumentException("an IP protocol number is 0 to 255, not " + protocol);
      }
    }

    /**
     * Tells whether this rule admits a packet.
     *
     * @param packetProtocol its IP protocol number
     * @param packetSource its source address
     * @return true if it does
     */
    public boolean admits(int packetProtocol, IpAddress packetSource) {
      return (protocol == ANY || protocol == packetProtocol) && source.contains(packetSource);
    }
  }

  /** Copies the rules. */
  public SecurityGroup {
    ingress = List.copyOf(ingress);
  }

  /**
   * Tells whether a packet may come in.
   *
   * @param protocol its IP protocol number
   * @param source its source address
   * @return true if a rule admits it
   */
  public boolean admits(int protocol, IpAddress source) {
    return ingress.stream().anyMatch(rule -> rule.admits(protocol, source));
  }
}

package io.havip.spi;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * An interface at one moment.
 *
 * @param name its name
 * @param index the kernel's number for it, positive
 * @param mac its hardware address; all zero if it has none
 * @param up administratively up and with carrier: frames can leave
 * @param loopback whether it is a loopback interface
 * @param mtu largest IP packet in bytes
 * @param addresses its addresses in the kernel's order, virtual ones included
 */
public record Link(
    String name,
    int index,
    MacAddress mac,
    boolean up,
    boolean loopback,
    int mtu,
    List<LinkAddress> addresses) {

  /** Copies the address list. */
  public Link {
    addresses = List.copyOf(addresses);
  }

  /**
   * An address on the interface.
   *
   * @param address the address
   * @param prefixLength length of its prefix in bits
   */
  public record LinkAddress(IpAddress address, int prefixLength) {}

  /**
   * {@return whether the interface carries an address}
   *
   * @param address the address to look for, whatever its prefix
   */
  public boolean has(IpAddress address) {
    for (LinkAddress each : addresses) { // often asked, and of many addresses
      if (each.address().equals(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return the addresses from which adverts may be sent: IPv4 any but loopback, IPv6 link-local
   * (RFC 9568 section 5.1.2.1)}
   *
   * @param family the IP version
   */
  public Stream<IpAddress> sources(IpFamily family) {
    return addresses.stream()
        .map(LinkAddress::address)
        .filter(a -> a.family() == family)
        .filter(a -> family == IpFamily.IPV4 ? !a.isLoopback() : a.isLinkLocal());
  }
}

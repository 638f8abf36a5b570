package io.havip.vpc;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;

/**
 * A part of a VPC's addresses. A HAVIP belongs to one subnet, and only interfaces of that subnet
 * can hold it.
 *
 * @param id names it
 * @param vpc the VPC it is a part of
 * @param name what people call it
 * @param cidr its addresses, of either family; the first two and the last are the cloud's own
 */
public record Subnet(SubnetId id, VpcId vpc, String name, Cidr cidr) {

  /** How many addresses of every subnet the cloud keeps. */
  public static final int RESERVED = 3;

  /**
   * Tells whether an address is one the cloud keeps for itself: the first two and the last of the
   * subnet, such as .0, .1 and .255 of a /24.
   *
   * @param address any address
   * @return true if it is reserved
   */
  public boolean isReserved(IpAddress address) {
    return address.equals(cidr.first())
        || address.equals(cidr.last())
        || (cidr.prefixLength() < cidr.network().family().addressBits()
            && address.equals(cidr.address(1)));
  }

  /**
   * Tells whether an address can be given to an interface or a HAVIP, if it is free.
   *
   * @param address any address
   * @return true if it is of this subnet and not reserved
   */
  public boolean isUsable(IpAddress address) {
    return cidr.contains(address) && !isReserved(address);
  }
}

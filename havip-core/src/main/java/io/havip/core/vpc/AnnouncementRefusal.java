package io.havip.core.vpc;

import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.vpc.HavipId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.SubnetId;

/**
 * Rules of announcements. A cloud drops what it refuses and tells nobody; these types are for the
 * trace of a simulation and for checks before the start.
 */
public sealed interface AnnouncementRefusal extends VpcRefusal {

  /**
   * The sender's MAC address is not that of the interface. Virtual MAC addresses are refused so,
   * too.
   *
   * @param sender the sender's MAC address
   * @param networkInterface the interface
   * @param own its MAC address
   */
  record SenderSpoofed(MacAddress sender, InterfaceId networkInterface, MacAddress own)
      implements AnnouncementRefusal {
    @Override
    public String explain() {
      return "the announcement names "
          + sender
          + " but "
          + networkInterface
          + " has "
          + own
          + ": announce with the interface's own MAC address";
    }
  }

  /**
   * The address is no HAVIP. Announcements of ordinary private addresses are never accepted.
   *
   * @param address the address
   */
  record NotHavip(IpAddress address) implements AnnouncementRefusal {
    @Override
    public String explain() {
      return address + " is not a HAVIP of this VPC: allocate it as a HAVIP";
    }
  }

  /**
   * The HAVIP is of another subnet than the interface.
   *
   * @param havip the HAVIP
   * @param subnet its subnet
   * @param networkInterface the interface
   */
  record HavipOfOtherSubnet(HavipId havip, SubnetId subnet, InterfaceId networkInterface)
      implements AnnouncementRefusal {
    @Override
    public String explain() {
      return havip
          + " is of "
          + subnet
          + " but "
          + networkInterface
          + " is not: announce it from an interface of that subnet";
    }
  }

  /**
   * Neither the interface nor its instance is in the HAVIP's drift range.
   *
   * @param havip the HAVIP
   * @param networkInterface the interface
   */
  record OutsideDriftRange(HavipId havip, InterfaceId networkInterface)
      implements AnnouncementRefusal {
    @Override
    public String explain() {
      return networkInterface
          + " is not in the drift range of "
          + havip
          + ": add it or its instance to the range";
    }
  }
}

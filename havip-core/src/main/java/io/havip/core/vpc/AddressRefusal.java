package io.havip.core.vpc;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.ResourceId;
import io.havip.vpc.SubnetId;

/** Rules of addresses: those of interfaces and of HAVIPs alike. */
public sealed interface AddressRefusal extends VpcRefusal {

  /**
   * An address is not of the subnet.
   *
   * @param address the address
   * @param subnet the subnet
   * @param block its block
   */
  record AddressOutsideSubnet(IpAddress address, SubnetId subnet, Cidr block)
      implements AddressRefusal {
    @Override
    public String explain() {
      return address + " is not within " + block + " of " + subnet + ": choose an address inside";
    }
  }

  /**
   * An address is one of the three the cloud keeps in every subnet.
   *
   * @param address the address
   * @param block the subnet's block
   */
  record AddressReserved(IpAddress address, Cidr block) implements AddressRefusal {
    @Override
    public String explain() {
      return address
          + " is reserved: the cloud keeps the first two addresses and the last of "
          + block
          + "; choose another";
    }
  }

  /**
   * Somebody has the address.
   *
   * @param address the address
   * @param owner the interface or HAVIP that has it
   */
  record AddressInUse(IpAddress address, ResourceId owner) implements AddressRefusal {
    @Override
    public String explain() {
      return address + " belongs to the " + owner.kind() + " " + owner + ": choose a free address";
    }
  }

  /**
   * No address of a subnet is free.
   *
   * @param subnet the subnet
   */
  record SubnetExhausted(SubnetId subnet) implements AddressRefusal {
    @Override
    public String explain() {
      return subnet + " has no free address: release one or use another subnet";
    }
  }

  /**
   * The primary address of an interface cannot be moved or taken away.
   *
   * @param address the address
   * @param networkInterface the interface
   */
  record PrimaryAddressStays(IpAddress address, InterfaceId networkInterface)
      implements AddressRefusal {
    @Override
    public String explain() {
      return address
          + " is the primary address of "
          + networkInterface
          + " and stays there: use a secondary address";
    }
  }

  /**
   * An interface does not have an address that a command would take from it.
   *
   * @param address the address
   * @param networkInterface the interface
   */
  record AddressNotAssigned(IpAddress address, InterfaceId networkInterface)
      implements AddressRefusal {
    @Override
    public String explain() {
      return networkInterface + " does not have " + address + ": look where it is now";
    }
  }

  /**
   * An address moves between interfaces of one subnet only.
   *
   * @param from the interface that has it
   * @param to the interface that should
   */
  record InterfacesInDifferentSubnets(InterfaceId from, InterfaceId to) implements AddressRefusal {
    @Override
    public String explain() {
      return from + " and " + to + " are in different subnets: an address stays in its subnet";
    }
  }
}

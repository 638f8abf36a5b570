package io.havip.core.vpc;

import io.havip.net.MacAddress;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.PhysicalHost;
import io.havip.vpc.PlacementGroupId;
import io.havip.vpc.VpcId;

/** Rules of instances, their interfaces and placement groups. */
public sealed interface InstanceRefusal extends VpcRefusal {

  /**
   * Two instances of a placement group would run on one physical host.
   *
   * @param group the group
   * @param physicalHost the host
   * @param member the instance that runs there
   */
  record PhysicalHostShared(PlacementGroupId group, PhysicalHost physicalHost, InstanceId member)
      implements InstanceRefusal {
    @Override
    public String explain() {
      return member
          + " of the placement group "
          + group
          + " runs on "
          + physicalHost
          + " already: place the instance on another host";
    }
  }

  /**
   * A placement group that has a member cannot go.
   *
   * @param group the group
   * @param member an instance of it
   */
  record PlacementGroupHasMember(PlacementGroupId group, InstanceId member)
      implements InstanceRefusal {
    @Override
    public String explain() {
      return group + " still has the instance " + member + ": terminate it first";
    }
  }

  /**
   * Two interfaces would have one MAC address.
   *
   * @param mac the address
   * @param owner the interface that has it
   */
  record MacInUse(MacAddress mac, InterfaceId owner) implements InstanceRefusal {
    @Override
    public String explain() {
      return owner + " has the MAC address " + mac + " already: choose another";
    }
  }

  /**
   * An interface is attached already.
   *
   * @param networkInterface the interface
   * @param instance the instance
   */
  record InterfaceAttached(InterfaceId networkInterface, InstanceId instance)
      implements InstanceRefusal {
    @Override
    public String explain() {
      return networkInterface + " is attached to " + instance + ": detach it first";
    }
  }

  /**
   * An interface is attached to nothing, but would have to be.
   *
   * @param networkInterface the interface
   */
  record InterfaceNotAttached(InterfaceId networkInterface) implements InstanceRefusal {
    @Override
    public String explain() {
      return networkInterface + " is not attached to an instance: attach it first";
    }
  }

  /**
   * The primary interface of an instance cannot be detached.
   *
   * @param networkInterface the interface
   * @param instance the instance
   */
  record PrimaryInterfaceStays(InterfaceId networkInterface, InstanceId instance)
      implements InstanceRefusal {
    @Override
    public String explain() {
      return networkInterface
          + " is the primary interface of "
          + instance
          + " and stays: terminate the instance, or use a secondary interface";
    }
  }

  /**
   * All interfaces of an instance are in one VPC.
   *
   * @param instance the instance
   * @param vpc its VPC
   * @param networkInterface the interface of another VPC
   */
  record InstanceInOtherVpc(InstanceId instance, VpcId vpc, InterfaceId networkInterface)
      implements InstanceRefusal {
    @Override
    public String explain() {
      return instance + " is in " + vpc + ", " + networkInterface + " is not: use one of its VPC";
    }
  }

  /**
   * An interface that may take a HAVIP cannot be detached.
   *
   * @param networkInterface the interface
   * @param havip the HAVIP in whose drift range it is
   */
  record InterfaceInDriftRange(InterfaceId networkInterface, HavipId havip)
      implements InstanceRefusal {
    @Override
    public String explain() {
      return networkInterface
          + " is in the drift range of "
          + havip
          + ": remove it from the range first";
    }
  }

  /**
   * An instance that may take a HAVIP cannot be terminated. A deduction from the rule for
   * interfaces.
   *
   * @param instance the instance
   * @param havip the HAVIP in whose drift range it is
   */
  record InstanceInDriftRange(InstanceId instance, HavipId havip) implements InstanceRefusal {
    @Override
    public String explain() {
      return instance + " is in the drift range of " + havip + ": remove it from the range first";
    }
  }

  /**
   * An instance that has secondary interfaces cannot be terminated.
   *
   * @param instance the instance
   * @param networkInterface a secondary interface
   */
  record InstanceHasInterface(InstanceId instance, InterfaceId networkInterface)
      implements InstanceRefusal {
    @Override
    public String explain() {
      return instance + " still has the interface " + networkInterface + ": detach it first";
    }
  }
}

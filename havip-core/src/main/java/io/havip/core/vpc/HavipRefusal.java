package io.havip.core.vpc;

import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIpId;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.ResourceId;
import io.havip.vpc.SubnetId;
import io.havip.vpc.VpcId;

/** Rules of HAVIPs and their drift ranges. */
public sealed interface HavipRefusal extends VpcRefusal {

  /**
   * A VPC has as many HAVIPs as it may.
   *
   * @param vpc the VPC
   * @param quota how many it may have
   */
  record HavipQuotaReached(VpcId vpc, int quota) implements HavipRefusal {
    @Override
    public String explain() {
      return vpc + " has " + quota + " HAVIPs, its quota: release one or ask for a larger quota";
    }
  }

  /**
   * A name has no character or more than 60.
   *
   * @param name the name
   * @param length how many characters it has
   */
  record HavipNameLength(String name, int length) implements HavipRefusal {
    @Override
    public String explain() {
      return "a HAVIP's name has 1 to 60 characters, not " + length + ": choose another";
    }
  }

  /**
   * A call has too many members of a drift range.
   *
   * @param members how many
   * @param most how many are allowed
   */
  record DriftRangeTooLong(int members, int most) implements HavipRefusal {
    @Override
    public String explain() {
      return members + " members in one call, but " + most + " are allowed: use several calls";
    }
  }

  /**
   * A drift range has instances or interfaces, never both.
   *
   * @param havip the HAVIP
   * @param range what its range has
   */
  record DriftRangeMixed(HavipId havip, DriftRange range) implements HavipRefusal {
    @Override
    public String explain() {
      return "the drift range of "
          + havip
          + " is "
          + range
          + ": give members of the same kind, or remove these first";
    }
  }

  /**
   * A HAVIP was allocated without a drift range, so it cannot have members.
   *
   * @param havip the HAVIP
   */
  record DriftRangeUnchecked(HavipId havip) implements HavipRefusal {
    @Override
    public String explain() {
      return havip + " was allocated without a drift range: only allocation can decide that";
    }
  }

  /**
   * Something is in the drift range already.
   *
   * @param havip the HAVIP
   * @param member the instance or interface
   */
  record MemberPresent(HavipId havip, ResourceId member) implements HavipRefusal {
    @Override
    public String explain() {
      return member + " is in the drift range of " + havip + " already: leave it out";
    }
  }

  /**
   * Something is not in the drift range.
   *
   * @param havip the HAVIP
   * @param member the instance or interface
   */
  record MemberAbsent(HavipId havip, ResourceId member) implements HavipRefusal {
    @Override
    public String explain() {
      return member + " is not in the drift range of " + havip + ": leave it out";
    }
  }

  /**
   * The primary interface of an instance cannot be a member by itself.
   *
   * @param networkInterface the interface
   * @param instance its instance
   */
  record PrimaryInterfaceInRange(InterfaceId networkInterface, InstanceId instance)
      implements HavipRefusal {
    @Override
    public String explain() {
      return networkInterface
          + " is the primary interface of "
          + instance
          + ": use a secondary interface, or a range of instances";
    }
  }

  /**
   * A member of a drift range could never take the HAVIP: an interface of another subnet, or an
   * instance without an interface in it. A deduction; a cloud may find out later.
   *
   * @param member the instance or interface
   * @param subnet the HAVIP's subnet
   */
  record MemberOutsideSubnet(ResourceId member, SubnetId subnet) implements HavipRefusal {
    @Override
    public String explain() {
      return "the "
          + member.kind()
          + " "
          + member
          + " is not in "
          + subnet
          + ": choose a member of the HAVIP's subnet";
    }
  }

  /**
   * A HAVIP that has a holder cannot be released.
   *
   * @param havip the HAVIP
   * @param holder the interface that holds it
   */
  record HavipHeld(HavipId havip, InterfaceId holder) implements HavipRefusal {
    @Override
    public String explain() {
      return holder
          + " holds "
          + havip
          + ": take the address out of the software that announces it, then unbind it";
    }
  }

  /**
   * A HAVIP has one elastic IP at most, and none when it is released.
   *
   * @param havip the HAVIP
   * @param elasticIp the one it has
   */
  record HavipHasElasticIp(HavipId havip, ElasticIpId elasticIp) implements HavipRefusal {
    @Override
    public String explain() {
      return havip + " has the elastic IP " + elasticIp + ": unbind it first";
    }
  }
}

package io.havip.core.vpc;

import io.havip.net.Cidr;
import io.havip.vpc.HavipId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.SubnetId;
import io.havip.vpc.VpcId;
import java.util.List;

/** Rules of VPCs and subnets. */
public sealed interface NetworkRefusal extends VpcRefusal {

  /**
   * A subnet would share addresses with another one of its VPC.
   *
   * @param wanted the block of the new subnet
   * @param subnet the other subnet
   * @param block its block
   */
  record BlockOverlaps(Cidr wanted, SubnetId subnet, Cidr block) implements NetworkRefusal {
    @Override
    public String explain() {
      return wanted + " overlaps " + block + " of " + subnet + ": choose a free block";
    }
  }

  /**
   * A subnet's block is not a part of its VPC.
   *
   * @param wanted the block of the new subnet
   * @param vpc the VPC
   * @param blocks the VPC's blocks
   */
  record BlockOutsideVpc(Cidr wanted, VpcId vpc, List<Cidr> blocks) implements NetworkRefusal {
    @Override
    public String explain() {
      return wanted + " is not within " + blocks + " of " + vpc + ": choose a block inside";
    }
  }

  /**
   * A subnet would have no address but those the cloud keeps.
   *
   * @param wanted the block of the new subnet
   */
  record BlockTooSmall(Cidr wanted) implements NetworkRefusal {
    @Override
    public String explain() {
      return wanted
          + " has no usable address, for the first two and the last are reserved: choose a prefix"
          + " length of at most "
          + (wanted.network().family().addressBits() - 2);
    }
  }

  /**
   * A subnet that has a HAVIP cannot go.
   *
   * @param subnet the subnet
   * @param havip a HAVIP of it
   */
  record SubnetHasHavip(SubnetId subnet, HavipId havip) implements NetworkRefusal {
    @Override
    public String explain() {
      return subnet + " still has the HAVIP " + havip + ": release it first";
    }
  }

  /**
   * A subnet that has an interface cannot go.
   *
   * @param subnet the subnet
   * @param networkInterface an interface of it
   */
  record SubnetHasInterface(SubnetId subnet, InterfaceId networkInterface)
      implements NetworkRefusal {
    @Override
    public String explain() {
      return subnet + " still has the interface " + networkInterface + ": delete it first";
    }
  }

  /**
   * A VPC that has a subnet cannot go.
   *
   * @param vpc the VPC
   * @param subnet a subnet of it
   */
  record VpcHasSubnet(VpcId vpc, SubnetId subnet) implements NetworkRefusal {
    @Override
    public String explain() {
      return vpc + " still has the subnet " + subnet + ": delete it first";
    }
  }
}

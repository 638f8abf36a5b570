package io.havip.core.vpc;

import static io.havip.core.vpc.VpcRules.accept;
import static io.havip.core.vpc.VpcRules.notFound;
import static io.havip.core.vpc.VpcRules.refuse;

import io.havip.net.Cidr;
import io.havip.vpc.Havip;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.Subnet;
import io.havip.vpc.Vpc;

/** VPCs and subnets. */
final class NetworkRules {

  private NetworkRules() {}

  static VpcResult create(VpcState state, VpcCommand.CreateVpc command) {
    Vpc vpc = command.vpc();
    return VpcRules.used(state.vpcs(), vpc.id())
        .map(VpcRules::refuse)
        .orElseGet(() -> accept(state.with(vpc)));
  }

  static VpcResult multicast(VpcState state, VpcCommand.SetMulticast command) {
    Vpc vpc = state.vpcs().get(command.vpc());
    return vpc == null
        ? notFound(command.vpc())
        : accept(state.with(vpc.withMulticast(command.passes())));
  }

  static VpcResult delete(VpcState state, VpcCommand.DeleteVpc command) {
    if (!state.vpcs().containsKey(command.vpc())) {
      return notFound(command.vpc());
    }
    for (Subnet subnet : state.subnets().values()) {
      if (subnet.vpc().equals(command.vpc())) {
        return refuse(new NetworkRefusal.VpcHasSubnet(command.vpc(), subnet.id()));
      }
    }
    return accept(state.without(command.vpc()));
  }

  static VpcResult create(VpcState state, VpcCommand.CreateSubnet command) {
    Subnet wanted = command.subnet();
    Cidr block = wanted.cidr();
    Vpc vpc = state.vpcs().get(wanted.vpc());
    if (vpc == null) {
      return notFound(wanted.vpc());
    }
    if (state.subnets().containsKey(wanted.id())) {
      return refuse(new VpcRefusal.IdInUse(wanted.id()));
    }
    if (!vpc.contains(block)) {
      return refuse(new NetworkRefusal.BlockOutsideVpc(block, vpc.id(), vpc.blocks()));
    }
    if (block.network().family().addressBits() - block.prefixLength() < 2) {
      return refuse(new NetworkRefusal.BlockTooSmall(block));
    }
    for (Subnet other : state.subnets().values()) {
      if (other.vpc().equals(vpc.id()) && other.cidr().overlaps(block)) {
        return refuse(new NetworkRefusal.BlockOverlaps(block, other.id(), other.cidr()));
      }
    }
    return accept(state.with(wanted));
  }

  static VpcResult delete(VpcState state, VpcCommand.DeleteSubnet command) {
    if (!state.subnets().containsKey(command.subnet())) {
      return notFound(command.subnet());
    }
    for (Havip havip : state.havips().values()) {
      if (havip.subnet().equals(command.subnet())) {
        return refuse(new NetworkRefusal.SubnetHasHavip(command.subnet(), havip.id()));
      }
    }
    for (NetworkInterface each : state.interfaces().values()) {
      if (each.subnet().equals(command.subnet())) {
        return refuse(new NetworkRefusal.SubnetHasInterface(command.subnet(), each.id()));
      }
    }
    return accept(state.without(command.subnet()));
  }
}

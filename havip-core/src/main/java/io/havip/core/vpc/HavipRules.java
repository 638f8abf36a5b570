package io.havip.core.vpc;

import static io.havip.core.vpc.VpcRules.accept;
import static io.havip.core.vpc.VpcRules.notFound;
import static io.havip.core.vpc.VpcRules.refuse;

import io.havip.core.vpc.AddressRules.Choice;
import io.havip.vpc.ElasticIp;
import io.havip.vpc.Havip;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.Subnet;
import io.havip.vpc.VpcId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** HAVIPs: allocation, release, and who holds them. */
final class HavipRules {

  /** Longest name, in characters as people count them. */
  private static final int LONGEST_NAME = 60;

  private HavipRules() {}

  static VpcResult allocate(VpcState state, VpcCommand.AllocateHavip c) {
    Subnet subnet = state.subnets().get(c.subnet());
    if (subnet == null) {
      return notFound(c.subnet());
    }
    VpcRefusal refusal = forbidden(state, subnet, c);
    if (refusal != null) {
      return refuse(refusal);
    }
    return switch (AddressRules.choose(state, subnet, c.address())) {
      case Choice.None none -> refuse(none.refusal());
      case Choice.Chosen chosen ->
          accept(
              state.with(
                  new Havip(
                      c.havip(),
                      c.name(),
                      subnet.id(),
                      chosen.address(),
                      c.driftRange(),
                      c.at(),
                      null,
                      null)));
    };
  }

  static VpcResult rename(VpcState state, VpcCommand.RenameHavip command) {
    Havip havip = state.havips().get(command.havip());
    if (havip == null) {
      return notFound(command.havip());
    }
    VpcRefusal refusal = badName(command.name());
    return refusal != null ? refuse(refusal) : accept(state.with(havip.withName(command.name())));
  }

  static VpcResult release(VpcState state, VpcCommand.ReleaseHavip command) {
    Havip havip = state.havips().get(command.havip());
    if (havip == null) {
      return notFound(command.havip());
    }
    if (havip.holder() != null) {
      return refuse(new HavipRefusal.HavipHeld(havip.id(), havip.holder()));
    }
    Optional<ElasticIp> elasticIp = VpcQueries.elasticIpOf(state, havip.id());
    return elasticIp.isPresent()
        ? refuse(new HavipRefusal.HavipHasElasticIp(havip.id(), elasticIp.get().id()))
        : accept(state.without(havip.id()));
  }

  static VpcResult announce(VpcState state, VpcCommand.Announce command) {
    NetworkInterface from = state.interfaces().get(command.networkInterface());
    if (from == null) {
      return notFound(command.networkInterface());
    }
    if (!from.mac().equals(command.sender())) {
      return refuse(new AnnouncementRefusal.SenderSpoofed(command.sender(), from.id(), from.mac()));
    }
    if (from.attachment() == null) {
      return refuse(new InstanceRefusal.InterfaceNotAttached(from.id()));
    }
    Havip havip =
        VpcQueries.vpcOf(state, from.subnet())
            .flatMap(vpc -> VpcQueries.havipAt(state, vpc, command.address()))
            .orElse(null);
    if (havip == null) {
      return refuse(new AnnouncementRefusal.NotHavip(command.address()));
    }
    if (!havip.subnet().equals(from.subnet())) {
      return refuse(
          new AnnouncementRefusal.HavipOfOtherSubnet(havip.id(), havip.subnet(), from.id()));
    }
    return VpcQueries.inRange(havip, from)
        ? accept(state.with(havip.withHolder(from.id(), command.at())))
        : refuse(new AnnouncementRefusal.OutsideDriftRange(havip.id(), from.id()));
  }

  static VpcResult unbind(VpcState state, VpcCommand.UnbindHolder command) {
    Havip havip = state.havips().get(command.havip());
    if (havip == null) {
      return notFound(command.havip());
    }
    return accept(
        havip.holder() == null ? state : state.with(havip.withHolder(null, command.at())));
  }

  private static @Nullable VpcRefusal forbidden(
      VpcState state, Subnet subnet, VpcCommand.AllocateHavip c) {
    if (state.havips().containsKey(c.havip())) {
      return new VpcRefusal.IdInUse(c.havip());
    }
    VpcRefusal name = badName(c.name());
    if (name != null) {
      return name;
    }
    VpcId vpc = subnet.vpc();
    int quota = state.limits().havipsPerVpc();
    long present =
        state.havips().values().stream()
            .filter(each -> VpcQueries.isIn(state, each.subnet(), vpc))
            .count();
    if (present >= quota) {
      return new HavipRefusal.HavipQuotaReached(vpc, quota);
    }
    return DriftRules.unsuitable(state, subnet, c.driftRange());
  }

  private static @Nullable VpcRefusal badName(String name) {
    int length = name.codePointCount(0, name.length());
    return length < 1 || length > LONGEST_NAME
        ? new HavipRefusal.HavipNameLength(name, length)
        : null;
  }
}

package io.havip.core.vpc;

import static io.havip.core.vpc.VpcRules.accept;
import static io.havip.core.vpc.VpcRules.notFound;
import static io.havip.core.vpc.VpcRules.refuse;

import io.havip.vpc.DriftRange;
import io.havip.vpc.Havip;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.ResourceId;
import io.havip.vpc.Subnet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drift ranges: who may be a member, and changes of the members. */
final class DriftRules {

  private DriftRules() {}

  static VpcResult add(VpcState state, VpcCommand.AddDriftMembers command) {
    Havip havip = state.havips().get(command.havip());
    if (havip == null) {
      return notFound(command.havip());
    }
    Subnet subnet = state.subnets().get(havip.subnet());
    if (subnet == null) {
      return notFound(havip.subnet());
    }
    DriftRange range = havip.driftRange();
    VpcRefusal refusal = mismatch(havip, command.members());
    if (refusal == null) {
      refusal = unsuitable(state, subnet, command.members());
    }
    for (ResourceId member : members(command.members())) {
      if (refusal == null && members(range).contains(member)) {
        refusal = new HavipRefusal.MemberPresent(havip.id(), member);
      }
    }
    if (refusal != null) {
      return refuse(refusal);
    }
    Set<ResourceId> all = new LinkedHashSet<>(members(range));
    all.addAll(members(command.members()));
    return accept(state.with(havip.withDriftRange(rangeOf(all))));
  }

  static VpcResult remove(VpcState state, VpcCommand.RemoveDriftMembers command) {
    Havip havip = state.havips().get(command.havip());
    if (havip == null) {
      return notFound(command.havip());
    }
    Set<? extends ResourceId> gone = members(command.members());
    VpcRefusal refusal = mismatch(havip, command.members());
    if (refusal == null) {
      refusal = tooLong(state, command.members());
    }
    Set<ResourceId> rest = new LinkedHashSet<>(members(havip.driftRange()));
    for (ResourceId member : gone) {
      if (refusal == null && !rest.remove(member)) {
        refusal = new HavipRefusal.MemberAbsent(havip.id(), member);
      }
    }
    return refusal != null
        ? refuse(refusal)
        : accept(state.with(havip.withDriftRange(rangeOf(rest))));
  }

  /** Why these cannot be the members of a range of a HAVIP of this subnet, or null. */
  static @Nullable VpcRefusal unsuitable(VpcState state, Subnet subnet, DriftRange members) {
    VpcRefusal refusal = tooLong(state, members);
    for (ResourceId member : members(members)) {
      if (refusal == null) {
        refusal =
            switch (member) {
              case InterfaceId id -> unsuitable(state, subnet, id);
              case InstanceId id -> unsuitable(state, subnet, id);
              default -> throw new IllegalStateException(member + " cannot be in a drift range");
            };
      }
    }
    return refusal;
  }

  private static @Nullable VpcRefusal unsuitable(VpcState state, Subnet subnet, InterfaceId id) {
    NetworkInterface found = state.interfaces().get(id);
    if (found == null) {
      return new VpcRefusal.NotFound(id);
    }
    NetworkInterface.Attachment attachment = found.attachment();
    if (attachment == null) {
      return new InstanceRefusal.InterfaceNotAttached(id);
    }
    if (attachment.primary()) {
      return new HavipRefusal.PrimaryInterfaceInRange(id, attachment.instance());
    }
    return found.subnet().equals(subnet.id())
        ? null
        : new HavipRefusal.MemberOutsideSubnet(id, subnet.id());
  }

  private static @Nullable VpcRefusal unsuitable(VpcState state, Subnet subnet, InstanceId id) {
    if (!state.instances().containsKey(id)) {
      return new VpcRefusal.NotFound(id);
    }
    boolean inside =
        VpcQueries.interfacesOf(state, id).stream()
            .anyMatch(each -> each.subnet().equals(subnet.id()));
    return inside ? null : new HavipRefusal.MemberOutsideSubnet(id, subnet.id());
  }

  private static @Nullable VpcRefusal tooLong(VpcState state, DriftRange members) {
    int most = state.limits().driftMembersPerCall();
    return members.size() > most ? new HavipRefusal.DriftRangeTooLong(members.size(), most) : null;
  }

  /** A range keeps its kind; one without members takes that of the first. */
  private static @Nullable VpcRefusal mismatch(Havip havip, DriftRange members) {
    DriftRange range = havip.driftRange();
    if (range instanceof DriftRange.Open || members instanceof DriftRange.Open) {
      return new HavipRefusal.DriftRangeUnchecked(havip.id());
    }
    boolean mixed =
        (range instanceof DriftRange.Instances && members instanceof DriftRange.Interfaces)
            || (range instanceof DriftRange.Interfaces && members instanceof DriftRange.Instances);
    return mixed ? new HavipRefusal.DriftRangeMixed(havip.id(), range) : null;
  }

  private static Set<? extends ResourceId> members(DriftRange range) {
    return switch (range) {
      case DriftRange.Open open -> Set.of();
      case DriftRange.Empty empty -> Set.of();
      case DriftRange.Instances instances -> instances.members();
      case DriftRange.Interfaces interfaces -> interfaces.members();
    };
  }

  private static DriftRange rangeOf(Set<ResourceId> members) {
    Set<InstanceId> instances = new LinkedHashSet<>();
    Set<InterfaceId> interfaces = new LinkedHashSet<>();
    for (ResourceId member : members) {
      if (member instanceof InstanceId id) {
        instances.add(id);
      } else if (member instanceof InterfaceId id) {
        interfaces.add(id);
      }
    }
    if (!instances.isEmpty()) {
      return new DriftRange.Instances(instances);
    }
    return interfaces.isEmpty() ? new DriftRange.Empty() : new DriftRange.Interfaces(interfaces);
  }
}

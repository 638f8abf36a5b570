package io.havip.core.vpc;

import static io.havip.core.vpc.VpcRules.accept;
import static io.havip.core.vpc.VpcRules.notFound;
import static io.havip.core.vpc.VpcRules.refuse;

import io.havip.vpc.DriftRange;
import io.havip.vpc.Havip;
import io.havip.vpc.Instance;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InstanceState;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.NetworkInterface.Attachment;
import io.havip.vpc.PlacementGroupId;

/** Instances and placement groups. */
final class InstanceRules {

  private InstanceRules() {}

  static VpcResult create(VpcState state, VpcCommand.CreatePlacementGroup command) {
    return VpcRules.used(state.placementGroups(), command.group().id())
        .map(VpcRules::refuse)
        .orElseGet(() -> accept(state.with(command.group())));
  }

  static VpcResult delete(VpcState state, VpcCommand.DeletePlacementGroup command) {
    PlacementGroupId group = command.group();
    if (!state.placementGroups().containsKey(group)) {
      return notFound(group);
    }
    for (Instance each : state.instances().values()) {
      if (group.equals(each.placementGroup())) {
        return refuse(new InstanceRefusal.PlacementGroupHasMember(group, each.id()));
      }
    }
    return accept(state.without(group));
  }

  static VpcResult launch(VpcState state, VpcCommand.LaunchInstance c) {
    if (state.instances().containsKey(c.instance())) {
      return refuse(new VpcRefusal.IdInUse(c.instance()));
    }
    PlacementGroupId group = c.placementGroup();
    if (group != null && !state.placementGroups().containsKey(group)) {
      return notFound(group);
    }
    for (Instance each : state.instances().values()) {
      if (group != null
          && group.equals(each.placementGroup())
          && each.physicalHost().equals(c.physicalHost())) {
        return refuse(new InstanceRefusal.PhysicalHostShared(group, c.physicalHost(), each.id()));
      }
    }
    Instance instance = new Instance(c.instance(), c.physicalHost(), group, InstanceState.RUNNING);
    return InterfaceRules.create(
        state.with(instance),
        c.networkInterface(),
        c.subnet(),
        c.mac(),
        c.address(),
        new Attachment(c.instance(), true));
  }

  static VpcResult start(VpcState state, VpcCommand.StartInstance command) {
    return set(state, command.instance(), InstanceState.RUNNING);
  }

  static VpcResult stop(VpcState state, VpcCommand.StopInstance command) {
    return set(state, command.instance(), InstanceState.STOPPED);
  }

  static VpcResult terminate(VpcState state, VpcCommand.TerminateInstance command) {
    InstanceId id = command.instance();
    if (!state.instances().containsKey(id)) {
      return notFound(id);
    }
    for (Havip havip : state.havips().values()) {
      if (havip.driftRange() instanceof DriftRange.Instances range
          && range.members().contains(id)) {
        return refuse(new InstanceRefusal.InstanceInDriftRange(id, havip.id()));
      }
    }
    VpcState next = state.without(id);
    for (NetworkInterface each : VpcQueries.interfacesOf(state, id)) {
      if (!VpcQueries.isPrimary(each)) {
        return refuse(new InstanceRefusal.InstanceHasInterface(id, each.id()));
      }
      next = InterfaceRules.remove(next, each.id());
    }
    return accept(next);
  }

  private static VpcResult set(VpcState state, InstanceId id, InstanceState value) {
    Instance instance = state.instances().get(id);
    return instance == null ? notFound(id) : accept(state.with(instance.withState(value)));
  }
}

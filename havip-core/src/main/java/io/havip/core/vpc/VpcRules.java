package io.havip.core.vpc;

import io.havip.core.vpc.VpcResult.Accepted;
import io.havip.core.vpc.VpcResult.Refused;
import io.havip.vpc.ResourceId;
import java.util.Map;
import java.util.Optional;

/** The rules of a VPC: a command gives the next state, or a refusal and no change. */
public final class VpcRules {

  private VpcRules() {}

  /**
   * Applies a command. The same state and command always give the same result.
   *
   * @param state the state before
   * @param command what to do
   * @return the state afterwards, or which rule forbids the command
   */
  public static VpcResult apply(VpcState state, VpcCommand command) {
    return switch (command) {
      case VpcCommand.CreateVpc c -> NetworkRules.create(state, c);
      case VpcCommand.SetMulticast c -> NetworkRules.multicast(state, c);
      case VpcCommand.DeleteVpc c -> NetworkRules.delete(state, c);
      case VpcCommand.CreateSubnet c -> NetworkRules.create(state, c);
      case VpcCommand.DeleteSubnet c -> NetworkRules.delete(state, c);
      case VpcCommand.CreatePlacementGroup c -> InstanceRules.create(state, c);
      case VpcCommand.DeletePlacementGroup c -> InstanceRules.delete(state, c);
      case VpcCommand.PutSecurityGroup c -> accept(state.with(c.group()));
      case VpcCommand.LaunchInstance c -> InstanceRules.launch(state, c);
      case VpcCommand.StartInstance c -> InstanceRules.start(state, c);
      case VpcCommand.StopInstance c -> InstanceRules.stop(state, c);
      case VpcCommand.TerminateInstance c -> InstanceRules.terminate(state, c);
      case VpcCommand.CreateInterface c -> InterfaceRules.create(state, c);
      case VpcCommand.AttachInterface c -> InterfaceRules.attach(state, c);
      case VpcCommand.DetachInterface c -> InterfaceRules.detach(state, c);
      case VpcCommand.DeleteInterface c -> InterfaceRules.delete(state, c);
      case VpcCommand.SetSecurityGroups c -> InterfaceRules.setGroups(state, c);
      case VpcCommand.AssignAddress c -> AddressRules.assign(state, c);
      case VpcCommand.UnassignAddress c -> AddressRules.unassign(state, c);
      case VpcCommand.MigrateAddress c -> AddressRules.migrate(state, c);
      case VpcCommand.AllocateHavip c -> HavipRules.allocate(state, c);
      case VpcCommand.RenameHavip c -> HavipRules.rename(state, c);
      case VpcCommand.ReleaseHavip c -> HavipRules.release(state, c);
      case VpcCommand.AddDriftMembers c -> DriftRules.add(state, c);
      case VpcCommand.RemoveDriftMembers c -> DriftRules.remove(state, c);
      case VpcCommand.Announce c -> HavipRules.announce(state, c);
      case VpcCommand.UnbindHolder c -> HavipRules.unbind(state, c);
      case VpcCommand.AllocateElasticIp c -> ElasticIpRules.allocate(state, c);
      case VpcCommand.ReleaseElasticIp c -> ElasticIpRules.release(state, c);
      case VpcCommand.BindElasticIp c -> ElasticIpRules.bind(state, c);
      case VpcCommand.UnbindElasticIp c -> ElasticIpRules.unbind(state, c);
    };
  }

  static VpcResult accept(VpcState state) {
    return new Accepted(state);
  }

  static VpcResult refuse(VpcRefusal refusal) {
    return new Refused(refusal);
  }

  static VpcResult notFound(ResourceId id) {
    return refuse(new VpcRefusal.NotFound(id));
  }

  /** The refusal of an id that something has already. */
  static <K extends ResourceId> Optional<VpcRefusal> used(Map<K, ?> map, K id) {
    return map.containsKey(id) ? Optional.of(new VpcRefusal.IdInUse(id)) : Optional.empty();
  }
}

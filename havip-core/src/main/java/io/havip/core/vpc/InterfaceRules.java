package io.havip.core.vpc;

import static io.havip.core.vpc.VpcRules.accept;
import static io.havip.core.vpc.VpcRules.notFound;
import static io.havip.core.vpc.VpcRules.refuse;

import io.havip.core.vpc.AddressRules.Choice;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.vpc.DriftRange;
import io.havip.vpc.Havip;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.NetworkInterface.Attachment;
import io.havip.vpc.SecurityGroupId;
import io.havip.vpc.Subnet;
import io.havip.vpc.SubnetId;
import io.havip.vpc.VpcId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Network interfaces. */
final class InterfaceRules {

  private InterfaceRules() {}

  static VpcResult create(VpcState state, VpcCommand.CreateInterface c) {
    return create(state, c.networkInterface(), c.subnet(), c.mac(), c.address(), null);
  }

  static VpcResult create(
      VpcState state,
      InterfaceId id,
      SubnetId subnetId,
      MacAddress mac,
      @Nullable IpAddress address,
      @Nullable Attachment attachment) {
    Subnet subnet = state.subnets().get(subnetId);
    if (subnet == null) {
      return notFound(subnetId);
    }
    if (state.interfaces().containsKey(id)) {
      return refuse(new VpcRefusal.IdInUse(id));
    }
    Optional<NetworkInterface> twin = VpcQueries.interfaceWith(state, subnet.vpc(), mac);
    if (twin.isPresent()) {
      return refuse(new InstanceRefusal.MacInUse(mac, twin.get().id()));
    }
    return switch (AddressRules.choose(state, subnet, address)) {
      case Choice.Chosen chosen ->
          accept(
              state.with(
                  NetworkInterface.of(id, subnetId, mac, chosen.address())
                      .withAttachment(attachment)));
      case Choice.None none -> refuse(none.refusal());
    };
  }

  static VpcResult attach(VpcState state, VpcCommand.AttachInterface command) {
    NetworkInterface found = state.interfaces().get(command.networkInterface());
    if (found == null) {
      return notFound(command.networkInterface());
    }
    if (!state.instances().containsKey(command.instance())) {
      return notFound(command.instance());
    }
    if (found.attachment() != null) {
      return refuse(
          new InstanceRefusal.InterfaceAttached(found.id(), found.attachment().instance()));
    }
    for (NetworkInterface other : VpcQueries.interfacesOf(state, command.instance())) {
      Optional<VpcId> vpc = VpcQueries.vpcOf(state, other.subnet());
      if (vpc.isPresent() && !VpcQueries.isIn(state, found.subnet(), vpc.get())) {
        return refuse(
            new InstanceRefusal.InstanceInOtherVpc(command.instance(), vpc.get(), found.id()));
      }
    }
    return accept(state.with(found.withAttachment(new Attachment(command.instance(), false))));
  }

  static VpcResult detach(VpcState state, VpcCommand.DetachInterface command) {
    NetworkInterface found = state.interfaces().get(command.networkInterface());
    if (found == null) {
      return notFound(command.networkInterface());
    }
    Attachment attachment = found.attachment();
    if (attachment == null) {
      return refuse(new InstanceRefusal.InterfaceNotAttached(found.id()));
    }
    if (attachment.primary()) {
      return refuse(new InstanceRefusal.PrimaryInterfaceStays(found.id(), attachment.instance()));
    }
    return inRange(state, found.id())
        .map(VpcRules::refuse)
        .orElseGet(() -> accept(state.with(found.withAttachment(null))));
  }

  static VpcResult delete(VpcState state, VpcCommand.DeleteInterface command) {
    NetworkInterface found = state.interfaces().get(command.networkInterface());
    if (found == null) {
      return notFound(command.networkInterface());
    }
    return found.attachment() == null
        ? accept(remove(state, found.id()))
        : refuse(new InstanceRefusal.InterfaceAttached(found.id(), found.attachment().instance()));
  }

  static VpcResult setGroups(VpcState state, VpcCommand.SetSecurityGroups command) {
    NetworkInterface found = state.interfaces().get(command.networkInterface());
    if (found == null) {
      return notFound(command.networkInterface());
    }
    for (SecurityGroupId group : command.groups()) {
      if (!state.securityGroups().containsKey(group)) {
        return notFound(group);
      }
    }
    return accept(state.with(found.withSecurityGroups(command.groups())));
  }

  /** Without an interface, and without what it held. */
  static VpcState remove(VpcState state, InterfaceId id) {
    VpcState next = state.without(id);
    for (Havip havip : state.havips().values()) {
      if (id.equals(havip.holder())) {
        next = next.with(havip.withoutHolder());
      }
    }
    return next;
  }

  private static Optional<VpcRefusal> inRange(VpcState state, InterfaceId id) {
    return state.havips().values().stream()
        .filter(havip ->
            havip.driftRange() instanceof DriftRange.Interfaces range
                && range.members().contains(id))
        .findFirst()
        .map(havip -> new InstanceRefusal.InterfaceInDriftRange(id, havip.id()));
  }
}

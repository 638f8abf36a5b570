package io.havip.core.vpc;

import static io.havip.core.vpc.VpcRules.accept;
import static io.havip.core.vpc.VpcRules.notFound;
import static io.havip.core.vpc.VpcRules.refuse;

import io.havip.net.IpAddress;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.ResourceId;
import io.havip.vpc.Subnet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which address may be given away, and secondary addresses, which calls move. */
final class AddressRules {

  private AddressRules() {}

  /** The address that was asked for, or the lowest that is free; or why there is none. */
  sealed interface Choice {
    record Chosen(IpAddress address) implements Choice {}

    record None(VpcRefusal refusal) implements Choice {}
  }

  static Choice choose(VpcState state, Subnet subnet, @Nullable IpAddress wanted) {
    if (wanted == null) {
      return VpcQueries.lowestFree(state, subnet)
          .<Choice>map(Choice.Chosen::new)
          .orElseGet(() -> new Choice.None(new AddressRefusal.SubnetExhausted(subnet.id())));
    }
    VpcRefusal misplaced = misplaced(subnet, wanted);
    if (misplaced != null) {
      return new Choice.None(misplaced);
    }
    return VpcQueries.ownerOf(state, subnet.vpc(), wanted)
        .<Choice>map(owner -> new Choice.None(new AddressRefusal.AddressInUse(wanted, owner)))
        .orElseGet(() -> new Choice.Chosen(wanted));
  }

  static VpcResult assign(VpcState state, VpcCommand.AssignAddress command) {
    NetworkInterface to = state.interfaces().get(command.networkInterface());
    if (to == null) {
      return notFound(command.networkInterface());
    }
    IpAddress wanted = command.address();
    Subnet subnet = state.subnets().get(to.subnet());
    if (subnet == null) {
      return notFound(to.subnet());
    }
    Optional<ResourceId> owner =
        wanted == null ? Optional.empty() : VpcQueries.ownerOf(state, subnet.vpc(), wanted);
    if (command.steal()
        && wanted != null
        && owner.orElse(null) instanceof InterfaceId from
        && !from.equals(to.id())) {
      return move(state, from, to.id(), wanted);
    }
    return switch (choose(state, subnet, wanted)) {
      case Choice.Chosen chosen -> accept(state.with(to.withSecondary(chosen.address())));
      case Choice.None none -> refuse(none.refusal());
    };
  }

  static VpcResult unassign(VpcState state, VpcCommand.UnassignAddress command) {
    NetworkInterface from = state.interfaces().get(command.networkInterface());
    if (from == null) {
      return notFound(command.networkInterface());
    }
    VpcRefusal fixed = fixed(from, command.address());
    return fixed != null
        ? refuse(fixed)
        : accept(state.with(from.withoutSecondary(command.address())));
  }

  static VpcResult migrate(VpcState state, VpcCommand.MigrateAddress command) {
    return move(state, command.from(), command.to(), command.address());
  }

  private static VpcResult move(
      VpcState state, InterfaceId fromId, InterfaceId toId, IpAddress address) {
    NetworkInterface from = state.interfaces().get(fromId);
    NetworkInterface to = state.interfaces().get(toId);
    if (from == null) {
      return notFound(fromId);
    }
    if (to == null) {
      return notFound(toId);
    }
    VpcRefusal fixed = fixed(from, address);
    if (fixed != null) {
      return refuse(fixed);
    }
    if (!from.subnet().equals(to.subnet())) {
      return refuse(new AddressRefusal.InterfacesInDifferentSubnets(fromId, toId));
    }
    if (fromId.equals(toId)) {
      return accept(state);
    }
    return accept(state.with(from.withoutSecondary(address)).with(to.withSecondary(address)));
  }

  private static @Nullable VpcRefusal misplaced(Subnet subnet, IpAddress address) {
    if (!subnet.cidr().contains(address)) {
      return new AddressRefusal.AddressOutsideSubnet(address, subnet.id(), subnet.cidr());
    }
    return subnet.isReserved(address)
        ? new AddressRefusal.AddressReserved(address, subnet.cidr())
        : null;
  }

  private static @Nullable VpcRefusal fixed(NetworkInterface from, IpAddress address) {
    if (from.primaryAddress().equals(address)) {
      return new AddressRefusal.PrimaryAddressStays(address, from.id());
    }
    return from.has(address) ? null : new AddressRefusal.AddressNotAssigned(address, from.id());
  }
}

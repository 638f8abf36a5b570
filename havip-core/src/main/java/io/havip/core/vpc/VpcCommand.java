package io.havip.core.vpc;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIpId;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.PhysicalHost;
import io.havip.vpc.PlacementGroup;
import io.havip.vpc.PlacementGroupId;
import io.havip.vpc.SecurityGroup;
import io.havip.vpc.SecurityGroupId;
import io.havip.vpc.Subnet;
import io.havip.vpc.SubnetId;
import io.havip.vpc.Vpc;
import io.havip.vpc.VpcId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that changes a VPC. Ids of what is created are chosen by the caller, so that a command
 * is a value and its result depends on nothing else.
 */
public sealed interface VpcCommand {

  /**
   * Creates a VPC. Different VPCs may use the same addresses.
   *
   * @param vpc the VPC
   */
  record CreateVpc(Vpc vpc) implements VpcCommand {}

  /**
   * Lets multicast pass in a VPC, or not.
   *
   * @param vpc the VPC
   * @param passes whether it passes
   */
  record SetMulticast(VpcId vpc, boolean passes) implements VpcCommand {}

  /**
   * Deletes a VPC without subnets.
   *
   * @param vpc the VPC
   */
  record DeleteVpc(VpcId vpc) implements VpcCommand {}

  /**
   * Creates a subnet, whose block is inside the VPC's and overlaps no other.
   *
   * @param subnet the subnet
   */
  record CreateSubnet(Subnet subnet) implements VpcCommand {}

  /**
   * Deletes a subnet without HAVIPs and interfaces.
   *
   * @param subnet the subnet
   */
  record DeleteSubnet(SubnetId subnet) implements VpcCommand {}

  /**
   * Creates a placement group.
   *
   * @param group the group
   */
  record CreatePlacementGroup(PlacementGroup group) implements VpcCommand {}

  /**
   * Deletes a placement group without members.
   *
   * @param group the group
   */
  record DeletePlacementGroup(PlacementGroupId group) implements VpcCommand {}

  /**
   * Creates a security group, or replaces the rules of one.
   *
   * @param group the group
   */
  record PutSecurityGroup(SecurityGroup group) implements VpcCommand {}

  /**
   * Launches an instance, which runs at once, with its primary interface.
   *
   * @param instance its id
   * @param physicalHost where it runs
   * @param placementGroup a group, none of whose members runs there, or null
   * @param networkInterface the id of its primary interface
   * @param subnet where the interface lives
   * @param mac the interface's Ethernet address
   * @param address the interface's address, or null for the lowest that is free
   */
  record LaunchInstance(
      InstanceId instance,
      PhysicalHost physicalHost,
      @Nullable PlacementGroupId placementGroup,
      InterfaceId networkInterface,
      SubnetId subnet,
      MacAddress mac,
      @Nullable IpAddress address)
      implements VpcCommand {}

  /**
   * Switches an instance on.
   *
   * @param instance the instance; nothing changes if it runs
   */
  record StartInstance(InstanceId instance) implements VpcCommand {}

  /**
   * Switches an instance off. It keeps its interfaces and the HAVIPs they hold.
   *
   * @param instance the instance; nothing changes if it does not run
   */
  record StopInstance(InstanceId instance) implements VpcCommand {}

  /**
   * Ends an instance without secondary interfaces; its primary one goes with it, and what that held
   * is held by nobody.
   *
   * @param instance the instance
   */
  record TerminateInstance(InstanceId instance) implements VpcCommand {}

  /**
   * Creates an interface that is not attached.
   *
   * @param networkInterface its id
   * @param subnet where it lives
   * @param mac its Ethernet address
   * @param address its primary address, or null for the lowest that is free
   */
  record CreateInterface(
      InterfaceId networkInterface, SubnetId subnet, MacAddress mac, @Nullable IpAddress address)
      implements VpcCommand {}

  /**
   * Attaches an interface as a secondary one.
   *
   * @param networkInterface the interface
   * @param instance an instance of the same VPC
   */
  record AttachInterface(InterfaceId networkInterface, InstanceId instance) implements VpcCommand {}

  /**
   * Detaches a secondary interface that is not in a drift range. What it holds, it keeps: clouds do
   * not document what happens, and {@link UnbindHolder} is there for those that unbind.
   *
   * @param networkInterface the interface
   */
  record DetachInterface(InterfaceId networkInterface) implements VpcCommand {}

  /**
   * Deletes an interface that is not attached; what it held is held by nobody.
   *
   * @param networkInterface the interface
   */
  record DeleteInterface(InterfaceId networkInterface) implements VpcCommand {}

  /**
   * Decides what may come in to an interface.
   *
   * @param networkInterface the interface
   * @param groups all its groups; none lets everything in
   */
  record SetSecurityGroups(InterfaceId networkInterface, Set<SecurityGroupId> groups)
      implements VpcCommand {

    /** Copies the groups, in their order. */
    public SetSecurityGroups {
      groups = Collections.unmodifiableSet(new LinkedHashSet<>(groups));
    }
  }

  /**
   * Gives an interface a secondary address.
   *
   * @param networkInterface the interface
   * @param address the address, or null for the lowest that is free
   * @param steal whether it is taken from another interface that has it as a secondary address; AWS
   *     calls this reassignment
   */
  record AssignAddress(InterfaceId networkInterface, @Nullable IpAddress address, boolean steal)
      implements VpcCommand {}

  /**
   * Takes a secondary address from an interface.
   *
   * @param networkInterface the interface
   * @param address the address
   */
  record UnassignAddress(InterfaceId networkInterface, IpAddress address) implements VpcCommand {}

  /**
   * Moves a secondary address between interfaces of a subnet.
   *
   * @param from the interface that has it
   * @param to the interface that gets it
   * @param address the address
   */
  record MigrateAddress(InterfaceId from, InterfaceId to, IpAddress address)
      implements VpcCommand {}

  /**
   * Allocates a HAVIP, which nobody holds yet.
   *
   * @param havip its id
   * @param name 1 to 60 characters
   * @param subnet the subnet it is taken from
   * @param address the address, or null for the lowest that is free
   * @param driftRange who may take it; whether there is a list cannot be changed later
   * @param at when
   */
  record AllocateHavip(
      HavipId havip,
      String name,
      SubnetId subnet,
      @Nullable IpAddress address,
      DriftRange driftRange,
      Instant at)
      implements VpcCommand {}

  /**
   * Gives a HAVIP another name.
   *
   * @param havip the HAVIP
   * @param name 1 to 60 characters
   */
  record RenameHavip(HavipId havip, String name) implements VpcCommand {}

  /**
   * Releases a HAVIP that nobody holds and that has no elastic IP.
   *
   * @param havip the HAVIP
   */
  record ReleaseHavip(HavipId havip) implements VpcCommand {}

  /**
   * Adds members to a drift range.
   *
   * @param havip a HAVIP allocated with a range
   * @param members of the kind the range has
   */
  record AddDriftMembers(HavipId havip, DriftRange members) implements VpcCommand {}

  /**
   * Removes members from a drift range. One that holds the HAVIP keeps it until another announces.
   *
   * @param havip a HAVIP allocated with a range
   * @param members of the kind the range has
   */
  record RemoveDriftMembers(HavipId havip, DriftRange members) implements VpcCommand {}

  /**
   * A guest says by gratuitous ARP, or a neighbour advertisement, that it has an address. If it is
   * accepted, the interface holds the HAVIP from now on: the last announcement wins.
   *
   * @param networkInterface the interface that sent it
   * @param sender the MAC address it names
   * @param address the address
   * @param at when
   */
  record Announce(InterfaceId networkInterface, MacAddress sender, IpAddress address, Instant at)
      implements VpcCommand {}

  /**
   * Takes a HAVIP from its holder: by hand, or because the cloud lets mappings go.
   *
   * @param havip the HAVIP; nothing changes if nobody holds it
   * @param at when
   */
  record UnbindHolder(HavipId havip, Instant at) implements VpcCommand {}

  /**
   * Allocates an elastic IP, bound to nothing.
   *
   * @param elasticIp its id
   * @param publicAddress its address
   */
  record AllocateElasticIp(ElasticIpId elasticIp, IpAddress publicAddress) implements VpcCommand {}

  /**
   * Releases an elastic IP that is bound to nothing.
   *
   * @param elasticIp the elastic IP
   */
  record ReleaseElasticIp(ElasticIpId elasticIp) implements VpcCommand {}

  /**
   * Binds an elastic IP that is bound to nothing to a HAVIP that has none.
   *
   * @param elasticIp the elastic IP
   * @param havip the HAVIP; it need not have a holder
   */
  record BindElasticIp(ElasticIpId elasticIp, HavipId havip) implements VpcCommand {}

  /**
   * Unbinds an elastic IP.
   *
   * @param elasticIp the elastic IP
   */
  record UnbindElasticIp(ElasticIpId elasticIp) implements VpcCommand {}

  /**
   * Creates a VPC with one block, without multicast.
   *
   * @param id its id, which is its name too
   * @param block its addresses
   * @return the command
   */
  static CreateVpc createVpc(String id, String block) {
    return new CreateVpc(new Vpc(new VpcId(id), id, List.of(Cidr.parse(block)), false));
  }
}

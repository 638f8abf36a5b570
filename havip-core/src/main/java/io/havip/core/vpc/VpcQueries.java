package io.havip.core.vpc;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIp;
import io.havip.vpc.Havip;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.ResourceId;
import io.havip.vpc.SecurityGroup;
import io.havip.vpc.SecurityGroupId;
import io.havip.vpc.Subnet;
import io.havip.vpc.SubnetId;
import io.havip.vpc.VpcId;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a {@link VpcState}. They look through all of it; who asks for every packet keeps the
 * answers until the state changes.
 */
public final class VpcQueries {

  private VpcQueries() {}

  /**
   * Returns the VPC of a subnet.
   *
   * @param state the state
   * @param subnet the subnet
   * @return empty if there is no such subnet
   */
  public static Optional<VpcId> vpcOf(VpcState state, SubnetId subnet) {
    return Optional.ofNullable(state.subnets().get(subnet)).map(Subnet::vpc);
  }

  /**
   * Finds a HAVIP by its address.
   *
   * @param state the state
   * @param vpc where
   * @param address its address
   * @return empty if no HAVIP of the VPC has the address
   */
  public static Optional<Havip> havipAt(VpcState state, VpcId vpc, IpAddress address) {
    return state.havips().values().stream()
        .filter(h -> h.address().equals(address) && isIn(state, h.subnet(), vpc))
        .findFirst();
  }

  /**
   * Finds what has an address: an interface, as primary or secondary address, or a HAVIP.
   *
   * @param state the state
   * @param vpc where
   * @param address the address
   * @return empty if it is free
   */
  public static Optional<ResourceId> ownerOf(VpcState state, VpcId vpc, IpAddress address) {
    Optional<ResourceId> havip = havipAt(state, vpc, address).map(Havip::id);
    return havip.isPresent() ? havip : interfaceAt(state, vpc, address).map(NetworkInterface::id);
  }

  /**
   * Finds the interface to which the cloud sends packets for an address: the one that has it, or
   * the holder of the HAVIP.
   *
   * @param state the state
   * @param vpc where
   * @param address a private address
   * @return empty if nobody has or holds it
   */
  public static Optional<InterfaceId> targetOf(VpcState state, VpcId vpc, IpAddress address) {
    Optional<Havip> havip = havipAt(state, vpc, address);
    return havip.isPresent()
        ? havip.map(Havip::holder)
        : interfaceAt(state, vpc, address).map(NetworkInterface::id);
  }

  /**
   * Finds an interface by its MAC address.
   *
   * @param state the state
   * @param vpc where
   * @param mac its MAC address
   * @return empty if no interface of the VPC has it
   */
  public static Optional<NetworkInterface> interfaceWith(
      VpcState state, VpcId vpc, MacAddress mac) {
    return state.interfaces().values().stream()
        .filter(each -> each.mac().equals(mac) && isIn(state, each.subnet(), vpc))
        .findFirst();
  }

  /**
   * Lists the interfaces of an instance, the primary one first.
   *
   * @param state the state
   * @param instance the instance
   * @return its interfaces
   */
  public static List<NetworkInterface> interfacesOf(VpcState state, InstanceId instance) {
    return state.interfaces().values().stream()
        .filter(each -> each.isAttachedTo(instance))
        .sorted((a, b) -> Boolean.compare(isPrimary(b), isPrimary(a)))
        .toList();
  }

  /**
   * Finds the elastic IP of a HAVIP.
   *
   * @param state the state
   * @param havip the HAVIP
   * @return empty if it has none
   */
  public static Optional<ElasticIp> elasticIpOf(VpcState state, HavipId havip) {
    return state.elasticIps().values().stream()
        .filter(each -> havip.equals(each.havip()))
        .findFirst();
  }

  /**
   * Finds the HAVIP to which a public address leads.
   *
   * @param state the state
   * @param publicAddress the address of an elastic IP
   * @return empty if there is no such elastic IP or it is bound to nothing
   */
  public static Optional<Havip> behind(VpcState state, IpAddress publicAddress) {
    return state.elasticIps().values().stream()
        .filter(each -> each.publicAddress().equals(publicAddress))
        .map(ElasticIp::havip)
        .findFirst()
        .map(state.havips()::get);
  }

  /**
   * Tells whether a HAVIP's drift range lets an interface take it.
   *
   * @param havip the HAVIP
   * @param networkInterface an interface
   * @return true if there is no list, or the interface or its instance is in it
   */
  public static boolean inRange(Havip havip, NetworkInterface networkInterface) {
    NetworkInterface.Attachment attachment = networkInterface.attachment();
    return switch (havip.driftRange()) {
      case DriftRange.Open open -> true;
      case DriftRange.Empty empty -> false;
      case DriftRange.Instances range ->
          attachment != null && range.members().contains(attachment.instance());
      case DriftRange.Interfaces range -> range.members().contains(networkInterface.id());
    };
  }

  /**
   * Tells whether the security groups of an interface let a packet in.
   *
   * @param state the state
   * @param networkInterface the interface
   * @param protocol the packet's IP protocol number
   * @param source the packet's source address
   * @return true if one of its groups admits it, or it has none
   */
  public static boolean admits(
      VpcState state, InterfaceId networkInterface, int protocol, IpAddress source) {
    NetworkInterface found = state.interfaces().get(networkInterface);
    if (found == null) {
      return false;
    }
    Set<SecurityGroupId> groups = found.securityGroups();
    return groups.isEmpty()
        || groups.stream().anyMatch(id -> admits(state.securityGroups().get(id), protocol, source));
  }

  /**
   * Finds the lowest address of a subnet that can be given away.
   *
   * @param state the state
   * @param subnet the subnet
   * @return empty if none is free
   */
  public static Optional<IpAddress> lowestFree(VpcState state, Subnet subnet) {
    Set<IpAddress> taken = new HashSet<>();
    for (NetworkInterface each : state.interfaces().values()) {
      if (each.subnet().equals(subnet.id())) {
        taken.add(each.primaryAddress());
        taken.addAll(each.secondaryAddresses());
      }
    }
    for (Havip each : state.havips().values()) {
      if (each.subnet().equals(subnet.id())) {
        taken.add(each.address());
      }
    }
    Cidr cidr = subnet.cidr();
    BigInteger last = cidr.size().subtract(BigInteger.ONE);
    for (BigInteger i = BigInteger.TWO; i.compareTo(last) < 0; i = i.add(BigInteger.ONE)) {
      IpAddress address = cidr.address(i);
      if (!taken.contains(address)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  static boolean isIn(VpcState state, SubnetId subnet, VpcId vpc) {
    Subnet found = state.subnets().get(subnet);
    return found != null && found.vpc().equals(vpc);
  }

  static boolean isPrimary(NetworkInterface networkInterface) {
    NetworkInterface.Attachment attachment = networkInterface.attachment();
    return attachment != null && attachment.primary();
  }

  private static boolean admits(@Nullable SecurityGroup group, int protocol, IpAddress source) {
    return group != null && group.admits(protocol, source);
  }

  private static Optional<NetworkInterface> interfaceAt(
      VpcState state, VpcId vpc, IpAddress address) {
    return state.interfaces().values().stream()
        .filter(each -> each.has(address) && isIn(state, each.subnet(), vpc))
        .findFirst();
  }
}

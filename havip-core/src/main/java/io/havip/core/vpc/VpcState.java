package io.havip.core.vpc;

import io.havip.vpc.ElasticIp;
import io.havip.vpc.ElasticIpId;
import io.havip.vpc.Havip;
import io.havip.vpc.HavipId;
import io.havip.vpc.Instance;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.PlacementGroup;
import io.havip.vpc.PlacementGroupId;
import io.havip.vpc.SecurityGroup;
import io.havip.vpc.SecurityGroupId;
import io.havip.vpc.Subnet;
import io.havip.vpc.SubnetId;
import io.havip.vpc.Vpc;
import io.havip.vpc.VpcId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that an account has: VPCs and what is in them. Immutable, compares by value, and in order:
 * each map lists what it holds in the order in which it was created.
 *
 * <p>Only {@link VpcRules#apply} makes other states than {@link #empty}, so what the rules forbid
 * does not exist. {@link VpcQueries} answers what takes more than a look into a map.
 */
public final class VpcState {

  private final VpcLimits limits;
  private final Map<VpcId, Vpc> vpcs;
  private final Map<SubnetId, Subnet> subnets;
  private final Map<PlacementGroupId, PlacementGroup> placementGroups;
  private final Map<SecurityGroupId, SecurityGroup> securityGroups;
  private final Map<InstanceId, Instance> instances;
  private final Map<InterfaceId, NetworkInterface> interfaces;
  private final Map<HavipId, Havip> havips;
  private final Map<ElasticIpId, ElasticIp> elasticIps;

  private VpcState(
      VpcLimits limits,
      Map<VpcId, Vpc> vpcs,
      Map<SubnetId, Subnet> subnets,
      Map<PlacementGroupId, PlacementGroup> placementGroups,
      Map<SecurityGroupId, SecurityGroup> securityGroups,
      Map<InstanceId, Instance> instances,
      Map<InterfaceId, NetworkInterface> interfaces,
      Map<HavipId, Havip> havips,
      Map<ElasticIpId, ElasticIp> elasticIps) {
    this.limits = limits;
    this.vpcs = vpcs;
    this.subnets = subnets;
    this.placementGroups = placementGroups;
    this.securityGroups = securityGroups;
    this.instances = instances;
    this.interfaces = interfaces;
    this.havips = havips;
    this.elasticIps = elasticIps;
  }

  /**
   * An account without anything.
   *
   * @param limits what the cloud grants
   * @return the state
   */
  public static VpcState empty(VpcLimits limits) {
    return new VpcState(
        limits, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  /**
   * Returns what the cloud grants.
   *
   * @return the limits
   */
  public VpcLimits limits() {
    return limits;
  }

  /**
   * Returns all VPCs.
   *
   * @return a map that cannot be changed
   */
  public Map<VpcId, Vpc> vpcs() {
    return vpcs;
  }

  /**
   * Returns all subnets.
   *
   * @return a map that cannot be changed
   */
  public Map<SubnetId, Subnet> subnets() {
    return subnets;
  }

  /**
   * Returns all placement groups.
   *
   * @return a map that cannot be changed
   */
  public Map<PlacementGroupId, PlacementGroup> placementGroups() {
    return placementGroups;
  }

  /**
   * Returns all security groups.
   *
   * @return a map that cannot be changed
   */
  public Map<SecurityGroupId, SecurityGroup> securityGroups() {
    return securityGroups;
  }

  /**
   * Returns all instances.
   *
   * @return a map that cannot be changed
   */
  public Map<InstanceId, Instance> instances() {
    return instances;
  }

  /**
   * Returns all interfaces, attached or not.
   *
   * @return a map that cannot be changed
   */
  public Map<InterfaceId, NetworkInterface> interfaces() {
    return interfaces;
  }

  /**
   * Returns all HAVIPs, held or not.
   *
   * @return a map that cannot be changed
   */
  public Map<HavipId, Havip> havips() {
    return havips;
  }

  /**
   * Returns all elastic IPs, bound or not.
   *
   * @return a map that cannot be changed
   */
  public Map<ElasticIpId, ElasticIp> elasticIps() {
    return elasticIps;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VpcState that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return parts().toString();
  }

  VpcState with(Vpc value) {
    return new VpcState(
        limits,
        put(vpcs, value.id(), value),
        subnets,
        placementGroups,
        securityGroups,
        instances,
        interfaces,
        havips,
        elasticIps);
  }

  VpcState with(Subnet value) {
    return new VpcState(
        limits,
        vpcs,
        put(subnets, value.id(), value),
        placementGroups,
        securityGroups,
        instances,
        interfaces,
        havips,
        elasticIps);
  }

  VpcState with(PlacementGroup value) {
    return new VpcState(
        limits,
        vpcs,
        subnets,
        put(placementGroups, value.id(), value),
        securityGroups,
        instances,
        interfaces,
        havips,
        elasticIps);
  }

  VpcState with(SecurityGroup value) {
    return new VpcState(
        limits,
        vpcs,
        subnets,
        placementGroups,
        put(securityGroups, value.id(), value),
        instances,
        interfaces,
        havips,
        elasticIps);
  }

  VpcState with(Instance value) {
    return new VpcState(
        limits,
        vpcs,
        subnets,
        placementGroups,
        securityGroups,
        put(instances, value.id(), value),
        interfaces,
        havips,
        elasticIps);
  }

  VpcState with(NetworkInterface value) {
    return new VpcState(
        limits,
        vpcs,
        subnets,
        placementGroups,
        securityGroups,
        instances,
        put(interfaces, value.id(), value),
        havips,
        elasticIps);
  }

  VpcState with(Havip value) {
    return new VpcState(
        limits,
        vpcs,
        subnets,
        placementGroups,
        securityGroups,
        instances,
        interfaces,
        put(havips, value.id(), value),
        elasticIps);
  }

  VpcState with(ElasticIp value) {
    return new VpcState(
        limits,
        vpcs,
        subnets,
        placementGroups,
        securityGroups,
        instances,
        interfaces,
        havips,
        put(elasticIps, value.id(), value));
  }

  VpcState without(VpcId id) {
    return new VpcState(
        limits,
        remove(vpcs, id),
        subnets,
        placementGroups,
        securityGroups,
        instances,
        interfaces,
        havips,
        elasticIps);
  }

  VpcState without(SubnetId id) {
    return new VpcState(
        limits,
        vpcs,
        remove(subnets, id),
        placementGroups,
        securityGroups,
        instances,
        interfaces,
        havips,
        elasticIps);
  }

  VpcState without(PlacementGroupId id) {
    return new VpcState(
        limits,
        vpcs,
        subnets,
        remove(placementGroups, id),
        securityGroups,
        instances,
        interfaces,
        havips,
        elasticIps);
  }

  VpcState without(InstanceId id) {
    return new VpcState(
        limits,
        vpcs,
        subnets,
        placementGroups,
        securityGroups,
        remove(instances, id),
        interfaces,
        havips,
        elasticIps);
  }

  VpcState without(InterfaceId id) {
    return new VpcState(
        limits,
        vpcs,
        subnets,
        placementGroups,
        securityGroups,
        instances,
        remove(interfaces, id),
        havips,
        elasticIps);
  }

  VpcState without(HavipId id) {
    return new VpcState(
        limits,
        vpcs,
        subnets,
        placementGroups,
        securityGroups,
        instances,
        interfaces,
        remove(havips, id),
        elasticIps);
  }

  VpcState without(ElasticIpId id) {
    return new VpcState(
        limits,
        vpcs,
        subnets,
        placementGroups,
        securityGroups,
        instances,
        interfaces,
        havips,
        remove(elasticIps, id));
  }

  private List<Object> parts() {
    return List.of(
        limits,
        vpcs,
        subnets,
        placementGroups,
        securityGroups,
        instances,
        interfaces,
        havips,
        elasticIps);
  }

  private static <K, V> Map<K, V> put(Map<K, V> map, K key, V value) {
    Map<K, V> copy = new LinkedHashMap<>(map);
    copy.put(key, value);
    return Collections.unmodifiableMap(copy);
  }

  private static <K, V> Map<K, V> remove(Map<K, V> map, K key) {
    Map<K, V> copy = new LinkedHashMap<>(map);
    copy.remove(key);
    return Collections.unmodifiableMap(copy);
  }
}

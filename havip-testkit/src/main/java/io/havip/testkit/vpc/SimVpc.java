package io.havip.testkit.vpc;

import io.havip.core.vpc.ConsoleView;
import io.havip.core.vpc.VpcCommand;
import io.havip.core.vpc.VpcLimits;
import io.havip.core.vpc.VpcQueries;
import io.havip.core.vpc.VpcRefusedException;
import io.havip.core.vpc.VpcResult;
import io.havip.core.vpc.VpcRules;
import io.havip.core.vpc.VpcState;
import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.TraceKind;
import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIpId;
import io.havip.vpc.Havip;
import io.havip.vpc.HavipId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.PhysicalHost;
import io.havip.vpc.PlacementGroup;
import io.havip.vpc.PlacementGroupId;
import io.havip.vpc.Subnet;
import io.havip.vpc.SubnetId;
import io.havip.vpc.VpcId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A VPC in which a HAVIP is moved by announcing it. Traffic follows the VPC's mapping, whoever has
 * the address in its kernel; so a takeover is complete only when a client that is no member reaches
 * the new holder.
 *
 * <p>What is allowed, {@link VpcRules} decides: an announcement counts only if it is accepted, is
 * dropped without a signal to the sender otherwise, and of several accepted ones the last wins,
 * whatever the priorities of the members. Its effect comes after the convergence time of the {@link
 * VpcProfile}. No ARP passes between hosts: the VPC answers for the addresses it knows. Multicast
 * reaches the whole VPC or nobody. Unicast adverts obey security groups.
 *
 * <p>Each host plugged into a subnet is an instance of the same name, each further interface a
 * secondary one. The interface of host {@code a} has the id {@code eni-a}, further ones {@code
 * eni-a-eth1}.
 */
public final class SimVpc {

  /** What the wall clock of the cloud shows when a simulation starts. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Simulation simulation;
  private final VpcId id;
  private final VpcFabric fabric;
  private final SimVpcApi api;
  private final Map<String, Placement> placements = new HashMap<>();
  private VpcState state;
  private @Nullable SimNetwork internet;

  private record Placement(PhysicalHost host, @Nullable PlacementGroupId group) {}

  /**
   * Makes a VPC without subnets, with default limits.
   *
   * @param simulation where
   * @param name its id
   * @param cidr its addresses, which hold those of its subnets
   */
  public SimVpc(Simulation simulation, String name, String cidr) {
    this(simulation, name, cidr, VpcLimits.DEFAULT);
  }

  /**
   * Makes a VPC without subnets.
   *
   * @param simulation where
   * @param name its id
   * @param cidr its addresses, which hold those of its subnets
   * @param limits what the cloud grants
   */
  public SimVpc(Simulation simulation, String name, String cidr, VpcLimits limits) {
    this.simulation = simulation;
    id = new VpcId(name);
    state = VpcState.empty(limits);
    fabric = new VpcFabric(this, simulation);
    api = new SimVpcApi(this, simulation);
    apply(VpcCommand.createVpc(name, cidr));
  }

  /** {@return its id} */
  public VpcId id() {
    return id;
  }

  /** {@return all that is in it at this moment, as the data plane has it} */
  public VpcState state() {
    return state;
  }

  /** {@return the API to it, with all its faults; {@link #apply} has none} */
  public SimVpcApi api() {
    return api;
  }

  /** {@return the cloud's wall clock} */
  public Instant clock() {
    return START.plusNanos(simulation.nanos());
  }

  /**
   * Sets how announcements are treated, {@link VpcProfile#DEFAULT} by default. It applies from now
   * on.
   *
   * @param profile the knobs
   * @return this
   */
  public SimVpc profile(VpcProfile profile) {
    fabric.profile(profile);
    return this;
  }

  /** {@return how announcements are treated} */
  public VpcProfile profile() {
    return fabric.profile();
  }

  /**
   * Sets how long an accepted announcement takes to move the mapping, uniformly.
   *
   * @param shortest 0.1 s by default
   * @param longest 10 s by default, which is what Tencent Cloud states
   * @return this
   * @throws IllegalArgumentException if the longest time is shorter than the shortest
   */
  public SimVpc convergence(Duration shortest, Duration longest) {
    return profile(fabric.profile().withConvergence(shortest, longest));
  }

  /**
   * Sets whether multicast passes, which it does not by default. Where it does, it reaches the
   * whole VPC, across subnets.
   *
   * @param passes whether it passes
   * @return this
   */
  public SimVpc multicast(boolean passes) {
    apply(new VpcCommand.SetMulticast(id, passes));
    return this;
  }

  /**
   * Adds a subnet, whose id is the name of its segment.
   *
   * @param block addresses within the VPC's, such as {@code 172.17.16.0/24}
   * @return the subnet, without hosts
   * @throws VpcRefusedException if the block is not within the VPC or overlaps another subnet
   */
  public SimNetwork subnet(String block) {
    Cidr cidr = Cidr.parse(block);
    String name = simulation.nextSegmentName("subnet");
    apply(new VpcCommand.CreateSubnet(new Subnet(new SubnetId(name), id, name, cidr)));
    return simulation.segment(name, cidr, fabric);
  }

  /**
   * The world outside, from which elastic IPs are reached. Its clients are in 198.51.100.0/24.
   *
   * @return a segment for clients, the same one at every call
   */
  public SimNetwork internet() {
    SimNetwork found = internet;
    if (found == null) {
      String name = simulation.nextSegmentName("internet");
      found = simulation.segment(name, Cidr.parse("198.51.100.0/24"), fabric);
      internet = found;
    }
    return found;
  }

  /**
   * Says where the host of a name is to run; call it before the host is plugged in. By default each
   * runs on a physical host of its own, in no group.
   *
   * @param hostName the name of the host
   * @param physicalHost where it runs
   * @param group a placement group, or null; made if there is none of that id
   * @return this
   */
  public SimVpc place(String hostName, String physicalHost, @Nullable String group) {
    PlacementGroupId groupId = group == null ? null : placementGroup(group);
    placements.put(hostName, new Placement(new PhysicalHost(physicalHost), groupId));
    return this;
  }

  private PlacementGroupId placementGroup(String name) {
    PlacementGroupId id = new PlacementGroupId(name);
    if (!state.placementGroups().containsKey(id)) {
      apply(new VpcCommand.CreatePlacementGroup(new PlacementGroup(id, name)));
    }
    return id;
  }

  /**
   * Allocates a HAVIP that any interface of its subnet may take, and whose id and name are {@code
   * havip-} and its address.
   *
   * @param address an address of one of the subnets
   * @return this
   * @throws IllegalArgumentException if no subnet has the address
   * @throws VpcRefusedException if a rule forbids it, such as that a host has the address already
   */
  public SimVpc register(IpAddress address) {
    allocate("havip-" + address, address, new DriftRange.Open());
    return this;
  }

  /**
   * Allocates a HAVIP.
   *
   * @param name its id and name
   * @param address an address of one of the subnets
   * @param range who may take it
   * @return its id
   * @throws IllegalArgumentException if no subnet has the address
   * @throws VpcRefusedException if a rule forbids it
   */
  public HavipId allocate(String name, IpAddress address, DriftRange range) {
    Subnet subnet =
        state.subnets().values().stream()
            .filter(s -> s.cidr().contains(address))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("no subnet has the address " + address));
    HavipId havip = new HavipId(name);
    apply(new VpcCommand.AllocateHavip(havip, name, subnet.id(), address, range, clock()));
    return havip;
  }

  /**
   * Allocates an elastic IP and binds it.
   *
   * @param publicAddress its address, for example of 203.0.113.0/24
   * @param havip what it leads to
   * @return its id, {@code eip-} and its address
   * @throws VpcRefusedException if a rule forbids it
   */
  public ElasticIpId bindElasticIp(IpAddress publicAddress, HavipId havip) {
    ElasticIpId elasticIp = new ElasticIpId("eip-" + publicAddress);
    if (!state.elasticIps().containsKey(elasticIp)) {
      apply(new VpcCommand.AllocateElasticIp(elasticIp, publicAddress));
    }
    apply(new VpcCommand.BindElasticIp(elasticIp, havip));
    return elasticIp;
  }

  /**
   * Does something at once and without the API's faults, as an administrator of the cloud could. A
   * stopped instance loses its power, a started one boots, a detached interface vanishes from its
   * host.
   *
   * @param command what to do
   * @throws VpcRefusedException if a rule forbids it
   */
  public void apply(VpcCommand command) {
    if (attempt(command) instanceof VpcResult.Refused refused) {
      throw new VpcRefusedException(refused.refusal());
    }
  }

  /**
   * Does something at once if the rules allow it; see {@link #apply}.
   *
   * @param command what to do
   * @return what came of it
   */
  public VpcResult attempt(VpcCommand command) {
    VpcResult result = VpcRules.apply(state, command);
    if (result instanceof VpcResult.Accepted accepted) {
      become(accepted.state());
      fabric.happened(command);
    }
    return result;
  }

  /**
   * The host to which packets for a HAVIP go.
   *
   * @param address the address of a HAVIP
   * @return empty if nobody holds it
   * @throws IllegalArgumentException if it is no HAVIP
   */
  public Optional<SimHost> holder(IpAddress address) {
    Havip havip =
        VpcQueries.havipAt(state, id, address)
            .orElseThrow(() -> new IllegalArgumentException(address + " is not a HAVIP"));
    return Optional.ofNullable(havip.holder()).map(fabric::stationOf).map(simulation::host);
  }

  /**
   * The console's view of a HAVIP.
   *
   * @param havip the HAVIP
   * @return the view
   * @throws IllegalArgumentException if there is no such HAVIP
   */
  public ConsoleView console(HavipId havip) {
    return ConsoleView.of(state, havip)
        .orElseThrow(() -> new IllegalArgumentException("there is no HAVIP " + havip));
  }

  /**
   * The interface of a host.
   *
   * @param hostName the host
   * @param interfaceName the interface in its kernel, such as {@code eth0}
   * @return its id
   * @throws IllegalArgumentException if the host has no such interface here
   */
  public InterfaceId interfaceOf(String hostName, String interfaceName) {
    return fabric.interfaceOf(hostName, interfaceName);
  }

  /** Takes over a state that the rules made, and tells whoever measures. */
  void become(VpcState next) {
    state = next;
    api.remember(next);
    fabric.forget();
    simulation.reachabilityChanged();
  }

  void note(String station, String detail) {
    simulation.note(station, TraceKind.VPC, detail);
  }

  PhysicalHost physicalHostOf(String station) {
    Placement placement = placements.get(station);
    return placement == null ? new PhysicalHost("machine-of-" + station) : placement.host();
  }

  @Nullable PlacementGroupId groupOf(String station) {
    Placement placement = placements.get(station);
    return placement == null ? null : placement.group();
  }

  boolean isInternet(SimNetwork network) {
    return network.equals(internet);
  }
}

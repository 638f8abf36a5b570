package io.havip.testkit.vpc;

import io.havip.core.vpc.VpcCommand;
import io.havip.core.vpc.VpcQueries;
import io.havip.core.vpc.VpcResult;
import io.havip.core.vpc.VpcRules;
import io.havip.core.vpc.VpcState;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.testkit.sim.Fabric;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.vpc.Havip;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.SecurityGroup;
import io.havip.vpc.SubnetId;
import io.havip.vpc.Vpc;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The data plane of a VPC: where packets go, who is plugged in where, and limits of announcing. */
final class VpcFabric implements Fabric {

  /** An interface in the kernel of a station. */
  private record Plug(String station, String interfaceName) {}

  private final SimVpc vpc;
  private final Simulation simulation;
  private final Announcements announcements;
  private final Map<InterfaceId, Plug> plugs = new LinkedHashMap<>();
  private final Map<MacAddress, InterfaceId> byMac = new HashMap<>();
  private final Map<MacAddress, TokenBucket> buckets = new HashMap<>();
  private final Map<IpAddress, Optional<Route>> inside = new HashMap<>();
  private final Map<IpAddress, Optional<Route>> outside = new HashMap<>();
  private VpcProfile profile = VpcProfile.DEFAULT;

  VpcFabric(SimVpc vpc, Simulation simulation) {
    this.vpc = vpc;
    this.simulation = simulation;
    announcements = new Announcements(vpc, simulation);
  }

  VpcProfile profile() {
    return profile;
  }

  void profile(VpcProfile value) {
    profile = value;
  }

  /** Drops what was worked out from the state before. */
  void forget() {
    inside.clear();
    outside.clear();
  }

  @Nullable String stationOf(InterfaceId id) {
    Plug plug = plugs.get(id);
    return plug == null ? null : plug.station();
  }

  InterfaceId interfaceOf(String station, String interfaceName) {
    Plug wanted = new Plug(station, interfaceName);
    return plugs.entrySet().stream()
        .filter(each -> each.getValue().equals(wanted))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(station + " has no " + interfaceName + " here"));
  }

  @Override
  public void plugged(
      SimNetwork network, String station, String interfaceName, MacAddress mac, IpAddress address) {
    if (vpc.isInternet(network)) {
      return;
    }
    SubnetId subnet = new SubnetId(network.name());
    InstanceId instance = new InstanceId(station);
    boolean first = !vpc.state().instances().containsKey(instance);
    InterfaceId id = new InterfaceId("eni-" + station + (first ? "" : "-" + interfaceName));
    if (first) {
      vpc.apply(
          new VpcCommand.LaunchInstance(
              instance,
              vpc.physicalHostOf(station),
              vpc.groupOf(station),
              id,
              subnet,
              mac,
              address));
    } else {
      vpc.apply(new VpcCommand.CreateInterface(id, subnet, mac, address));
      vpc.apply(new VpcCommand.AttachInterface(id, instance));
    }
    plugs.put(id, new Plug(station, interfaceName));
    byMac.put(mac, id);
  }

  @Override
  public @Nullable Route route(SimNetwork from, IpAddress destination) {
    return vpc.isInternet(from)
        ? outside.computeIfAbsent(destination, this::behind).orElse(null)
        : inside
            .computeIfAbsent(
                destination,
                address ->
                    VpcQueries.targetOf(vpc.state(), vpc.id(), address)
                        .flatMap(holder -> to(holder, address))
                        .or(() -> behind(address)))
            .orElse(null);
  }

  @Override
  public boolean admits(MacAddress port, IpAddress source) {
    InterfaceId id = byMac.get(port);
    return id != null && VpcQueries.admits(vpc.state(), id, SecurityGroup.VRRP, source);
  }

  @Override
  public boolean multicast() {
    Vpc found = vpc.state().vpcs().get(vpc.id());
    return found != null && found.multicast();
  }

  @Override
  public void announced(
      SimNetwork network, String station, MacAddress port, MacAddress sender, IpAddress address) {
    InterfaceId id = byMac.get(port);
    if (id == null) {
      vpc.note(station, "announcement of " + address + " ignored: it is not an interface here");
      return;
    }
    long now = simulation.nanos();
    TokenBucket bucket =
        buckets.computeIfAbsent(port, p -> new TokenBucket(profile.announceBurst(), now));
    if (!bucket.take(profile.announceBurst(), profile.announcePerSecond(), now)) {
      vpc.note(station, "announcement of " + address + " dropped: the interface sends too many");
      return;
    }
    announcements.take(profile, station, id, sender, address);
  }

  /** What a command that was carried out does to the hosts. */
  void happened(VpcCommand command) {
    switch (command) {
      case VpcCommand.StopInstance c -> {
        simulation.inject(new Fault.Crash(c.instance().value()));
        VpcQueries.interfacesOf(vpc.state(), c.instance()).forEach(each -> lost(each.id()));
      }
      case VpcCommand.StartInstance c -> simulation.inject(new Fault.Restart(c.instance().value()));
      case VpcCommand.TerminateInstance c ->
          simulation.inject(new Fault.Crash(c.instance().value()));
      case VpcCommand.DetachInterface c -> {
        Plug plug = plugs.get(c.networkInterface());
        if (plug != null) {
          simulation.inject(new Fault.InterfaceGone(plug.station(), plug.interfaceName()));
        }
        lost(c.networkInterface());
      }
      case VpcCommand.AttachInterface c -> {
        Plug plug = plugs.get(c.networkInterface());
        if (plug != null && plug.station().equals(c.instance().value())) {
          simulation.inject(new Fault.InterfaceBack(plug.station(), plug.interfaceName()));
        }
      }
      default -> {}
    }
  }

  /** An interface can no longer hold anything; whether it keeps it is a knob. */
  private void lost(InterfaceId holder) {
    if (!(profile.lossOfHolder() instanceof LossOfHolder.Unbind)) {
      return;
    }
    for (Havip havip : List.copyOf(vpc.state().havips().values())) {
      if (holder.equals(havip.holder())) {
        vpc.apply(new VpcCommand.UnbindHolder(havip.id(), vpc.clock()));
        vpc.note("", havip.address() + " is mapped to nobody: " + holder + " is gone");
      }
    }
  }

  /** Where an elastic IP leads. */
  private Optional<Route> behind(IpAddress address) {
    return VpcQueries.behind(vpc.state(), address)
        .flatMap(havip ->
            Optional.ofNullable(havip.holder()).flatMap(holder -> to(holder, havip.address())));
  }

  private Optional<Route> to(InterfaceId id, IpAddress address) {
    NetworkInterface found = vpc.state().interfaces().get(id);
    return found == null || found.attachment() == null
        ? Optional.empty()
        : Optional.of(new Route(found.mac(), address));
  }

  /** Announcements on their way from acceptance to effect. */
  private static final class Announcements {

    private final SimVpc vpc;
    private final Simulation simulation;
    private final Map<IpAddress, Long> lastEffect = new HashMap<>();
    private long accepted;

    Announcements(SimVpc vpc, Simulation simulation) {
      this.vpc = vpc;
      this.simulation = simulation;
    }

    void take(
        VpcProfile profile,
        String station,
        InterfaceId from,
        MacAddress sender,
        IpAddress address) {
      VpcCommand.Announce now = new VpcCommand.Announce(from, sender, address, vpc.clock());
      if (VpcRules.apply(vpc.state(), now) instanceof VpcResult.Refused refused) {
        String why = refused.refusal().rule() + ", " + refused.refusal().explain();
        vpc.note(station, "announcement of " + address + " ignored: " + why);
        return;
      }
      var random =
          simulation.random("vpc " + vpc.id() + " announcement " + ++accepted + " " + address);
      long own =
          simulation.nanos()
              + random.between(profile.convergenceLeast(), profile.convergenceMost()).toNanos();
      long at = own;
      if (!random.chance(profile.reorder())) {
        at = Math.max(own, lastEffect.getOrDefault(address, 0L));
        lastEffect.put(address, at);
      }
      vpc.note(station, "announcement of " + address + " accepted");
      schedule(profile, at, station, now);
      if (random.chance(profile.stale())) {
        schedule(profile, at + profile.staleAfter().toNanos(), station, now);
      }
    }

    private void schedule(
        VpcProfile profile, long at, String station, VpcCommand.Announce announcement) {
      String what = "the mapping of " + announcement.address();
      simulation.schedule(at, what, () -> effect(profile, station, announcement));
    }

    private void effect(VpcProfile profile, String station, VpcCommand.Announce announcement) {
      IpAddress address = announcement.address();
      VpcState before = vpc.state();
      VpcCommand.Announce again =
          new VpcCommand.Announce(
              announcement.networkInterface(), announcement.sender(), address, vpc.clock());
      switch (VpcRules.apply(before, again)) {
        case VpcResult.Refused refused ->
            vpc.note(
                station,
                "announcement of " + address + " without effect: " + refused.refusal().explain());
        case VpcResult.Accepted accepted -> {
          vpc.become(accepted.state());
          Havip now = VpcQueries.havipAt(accepted.state(), vpc.id(), address).orElseThrow();
          Havip then = before.havips().get(now.id());
          if (then == null || !announcement.networkInterface().equals(then.holder())) {
            vpc.note(station, address + " is mapped to " + station);
          }
          if (profile.lossOfHolder() instanceof LossOfHolder.AgeOut policy) {
            simulation.schedule(
                simulation.nanos() + policy.after().toNanos(),
                "the age of the mapping of " + address,
                () -> ageOut(now));
          }
        }
      }
    }

    /** Nothing has confirmed the mapping since. */
    private void ageOut(Havip confirmed) {
      if (confirmed.equals(vpc.state().havips().get(confirmed.id()))) {
        vpc.apply(new VpcCommand.UnbindHolder(confirmed.id(), vpc.clock()));
        vpc.note("", confirmed.address() + " is mapped to nobody: its mapping has aged out");
      }
    }
  }
}

package io.havip.testkit.cloud;

import io.havip.CloudConfig;
import io.havip.HavipEvent;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.vpc.SimVpc;
import io.havip.vpc.DriftRange;
import io.havip.vpc.HavipId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two members in a simulated cloud: a is preferred, b takes over. */
final class CloudGroup {

  enum Kind {
    ANNOUNCED,
    ONE_CALL,
    TWO_CALL
  }

  static final IpAddress VIP = IpAddress.parse("172.17.16.3");
  static final String ROUTER = "VI_1";
  static final Duration CONVERGENCE = Duration.ofSeconds(4);

  final Simulation sim;
  final SimNetwork subnet;
  final SimHost a;
  final SimHost b;
  final SimClient client;
  final SimCloud cloud;
  final @Nullable SimVpc vpc;
  @Nullable HavipId havip;

  CloudGroup(Kind kind, long seed) {
    this(kind, seed, new DriftRange.Open());
  }

  /** The drift range matters to the announced kind. */
  CloudGroup(Kind kind, long seed, DriftRange range) {
    sim = Simulation.seeded(seed);
    if (kind == Kind.ANNOUNCED) {
      vpc =
          new SimVpc(sim, "vpc-1", "172.17.0.0/16")
              .convergence(Duration.ofMillis(100), CONVERGENCE);
      subnet = vpc.subnet("172.17.16.0/24");
    } else {
      vpc = null;
      subnet = sim.segment("172.17.16.0/24");
    }
    a = subnet.host("a", "172.17.16.7");
    b = subnet.host("b", "172.17.16.13");
    client = subnet.client("client", "172.17.16.100");
    cloud =
        switch (kind) {
          case ANNOUNCED -> announced(range);
          case ONE_CALL -> new OneCallCloud(sim).register(VIP);
          case TWO_CALL -> new TwoCallCloud(sim).register(VIP);
        };
  }

  private SimCloud announced(DriftRange range) {
    havip = vpc.allocate("havip", VIP, range);
    sim.run(vpc.api().profile().lagMost());
    return new AnnouncedCloud(sim, vpc);
  }

  RegisterCloud register() {
    return (RegisterCloud) cloud;
  }

  CloudGroup start() {
    a.start(router(a, 150).build());
    b.start(router(b, 100).build());
    return this;
  }

  VirtualRouterConfigBuilder router(SimHost host, int priority) {
    return plain(host, priority).cloud(CloudConfig.of(cloud.member(host.name())));
  }

  VirtualRouterConfigBuilder plain(SimHost host, int priority) {
    String own = host == a ? "172.17.16.7" : "172.17.16.13";
    String peer = host == a ? "172.17.16.13" : "172.17.16.7";
    return VirtualRouterConfig.builder(ROUTER)
        .interfaceName("eth0")
        .vrid(51)
        .priority(priority)
        .unicast(own, peer)
        .address(VIP.toString());
  }

  Optional<String> holder() {
    return cloud.holder(VIP);
  }

  Duration awaitMapped(SimHost host) {
    return sim.runUntil(
        "the cloud maps to " + host.name(),
        () -> holder().equals(Optional.of(host.name())),
        Duration.ofSeconds(60));
  }

  Duration awaitState(SimHost host, RouterState state) {
    return sim.runUntil(
        host.name() + " is " + state, () -> state(host) == state, Duration.ofSeconds(60));
  }

  static RouterState state(SimHost host) {
    return snapshot(host).state();
  }

  static RouterSnapshot snapshot(SimHost host) {
    return host.node().orElseThrow().snapshot().router(ROUTER);
  }

  /** The members that are ACTIVE, by what their running nodes say. */
  List<SimHost> active() {
    return Stream.of(a, b)
        .filter(h -> h.running() && !h.paused() && h.node().isPresent())
        .filter(h -> state(h) == RouterState.ACTIVE)
        .toList();
  }

  static <T extends HavipEvent> List<T> events(SimHost host, Class<T> type) {
    return host.events().stream().filter(type::isInstance).map(type::cast).toList();
  }
}

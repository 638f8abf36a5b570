package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;

import io.havip.HavipConfig;
import io.havip.RouterState;
import io.havip.SyncGroup;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.List;

/** Two hosts between two segments, as routers stand; one router on each side, in one group. */
final class TwoLans {

  static final IpAddress VIP_1 = IpAddress.parse("10.1.0.50");
  static final IpAddress VIP_2 = IpAddress.parse("10.2.0.50");
  static final Duration LIMIT = Duration.ofSeconds(30);

  final Simulation sim;
  final SimNetwork lan1;
  final SimNetwork lan2;
  final SimHost a;
  final SimHost b;

  TwoLans(long seed) {
    sim = Simulation.seeded(seed);
    lan1 = sim.segment("10.1.0.0/24");
    lan2 = sim.segment("10.2.0.0/24");
    a = lan1.host("a", "10.1.0.1").attach(lan2, "eth1", "10.2.0.1");
    b = lan1.host("b", "10.1.0.2").attach(lan2, "eth1", "10.2.0.2");
  }

  static VirtualRouterConfigBuilder inside(int priority) {
    return router("inside", "eth0", 51, priority, VIP_1);
  }

  static VirtualRouterConfigBuilder outside(int priority) {
    return router("outside", "eth1", 52, priority, VIP_2);
  }

  private static VirtualRouterConfigBuilder router(
      String name, String interfaceName, int vrid, int priority, IpAddress address) {
    return VirtualRouterConfig.builder(name)
        .interfaceName(interfaceName)
        .vrid(vrid)
        .priority(priority)
        .advertInterval(Duration.ofMillis(100))
        .address(address.toString());
  }

  static HavipConfig grouped(
      VirtualRouterConfigBuilder inside, VirtualRouterConfigBuilder outside) {
    return grouped(inside, outside, SyncGroup.of("edge", "inside", "outside"));
  }

  static HavipConfig grouped(
      VirtualRouterConfigBuilder inside, VirtualRouterConfigBuilder outside, SyncGroup group) {
    return new HavipConfig("n", List.of(inside.build(), outside.build()), Duration.ZERO)
        .withSyncGroups(List.of(group));
  }

  /** Priorities 150 and 100. */
  void startBoth() {
    a.start(grouped(inside(150), outside(150)));
    b.start(grouped(inside(100), outside(100)));
  }

  Duration awaitServes(SimHost host) {
    return sim.runUntil(host.name() + " serves both sides", () -> serves(host), LIMIT);
  }

  Duration await(SimHost host, RouterState state) {
    return sim.runUntil(
        host.name() + " is " + state,
        () -> routerStates(host).stream().allMatch(s -> s == state),
        LIMIT);
  }

  /** Whether both routers are ACTIVE and both addresses are there. */
  boolean serves(SimHost host) {
    return routerStates(host).stream().allMatch(s -> s == ACTIVE)
        && host.has(VIP_1)
        && host.has(VIP_2);
  }

  static List<RouterState> routerStates(SimHost host) {
    return host.node().orElseThrow().snapshot().routers().stream().map(r -> r.state()).toList();
  }

  String states(SimHost host) {
    return host.node().isEmpty() ? "none" : routerStates(host).toString();
  }

  void healAll() {
    sim.inject(new Fault.MendAll());
    for (SimNetwork lan : List.of(lan1, lan2)) {
      sim.inject(new Fault.ImpairAll(lan.name(), Quality.LAN));
    }
    for (SimHost host : List.of(a, b)) {
      for (String name : List.of("eth0", "eth1")) {
        sim.inject(new Fault.InterfaceBack(host.name(), name));
        sim.inject(new Fault.LinkUp(host.name(), name));
      }
      if (!host.running()) {
        host.restart();
      }
      if (host.paused()) {
        host.resume();
      }
    }
  }
}

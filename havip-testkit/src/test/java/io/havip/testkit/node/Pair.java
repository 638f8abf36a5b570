package io.havip.testkit.node;

import io.havip.Cause;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Two hosts and a client on one simulated segment: the smallest place where a failover can happen.
 */
final class Pair {

  static final IpAddress VIP = IpAddress.parse("172.17.16.3");
  static final String ROUTER = "VI_1";
  static final Duration LIMIT = Duration.ofSeconds(30);

  final Simulation sim;
  final SimNetwork lan;
  final SimHost a;
  final SimHost b;
  final SimClient client;

  Pair(long seed) {
    sim = Simulation.seeded(seed);
    lan = sim.segment("172.17.16.0/24");
    a = lan.host("a", "172.17.16.7");
    b = lan.host("b", "172.17.16.13");
    client = lan.client("client", "172.17.16.100");
  }

  /** A version 3 router by multicast with adverts every second. */
  static VirtualRouterConfigBuilder router(int priority) {
    return VirtualRouterConfig.builder(ROUTER)
        .interfaceName("eth0")
        .vrid(51)
        .priority(priority)
        .address(VIP.toString());
  }

  Duration awaitState(SimHost host, RouterState state) {
    return sim.runUntil(host.name() + " is " + state, () -> state(host) == state, LIMIT);
  }

  /** Waits until the client's traffic reaches the host. */
  Duration awaitServedBy(SimHost host) {
    return sim.runUntil(
        "the client reaches " + host.name(),
        () -> client.reaches(VIP).equals(Optional.of(host)),
        LIMIT);
  }

  static RouterState state(SimHost host) {
    return snapshot(host).state();
  }

  static RouterSnapshot snapshot(SimHost host) {
    return host.node().orElseThrow().snapshot().router(ROUTER);
  }

  static <T extends HavipEvent> List<T> events(SimHost host, Class<T> type) {
    return host.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Why the router is in its state. */
  static Cause cause(SimHost host) {
    return snapshot(host).cause();
  }
}

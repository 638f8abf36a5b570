package io.havip.testkit.report;

import io.havip.VirtualRouterConfig;
import io.havip.core.check.Scene;
import io.havip.core.check.Sense;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The runs whose reports lie in docs/samples, and one that is too long to look at as a whole. */
final class Samples {

  static final IpAddress VIP = IpAddress.parse("172.17.16.3");

  /** What the platform promises; the simulated hosts have none. */
  private static final Fence FENCE =
      new Fence.OnExitAndStall(Duration.ofMillis(10), Duration.ofMillis(2500));

  private final Simulation sim;
  private final WatchedRun watched;

  private Samples(long seed, Quality quality, Fence promised) {
    sim = Simulation.seeded(seed);
    SimNetwork lan = sim.segment("172.17.16.0/24").quality(quality);
    List<String> names = List.of("a", "b", "c");
    List<Scene.Actor> actors = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      SimHost host = lan.host(names.get(i), "172.17.16." + (7 + i));
      VirtualRouterConfig router =
          VirtualRouterConfig.builder("VI_1")
              .interfaceName("eth0")
              .vrid(51)
              .priority(150 - 25 * i)
              .address(VIP.toString())
              .build();
      actors.add(new Scene.Actor(host.name(), router, promised));
    }
    SimClient client = lan.client("client", "172.17.16.100");
    Scene scene =
        new Scene(
            actors,
            Duration.ofMillis(1),
            Duration.ZERO,
            EnumSet.of(Sense.STATES, Sense.ADDRESSES, Sense.ADVERTS, Sense.CLIENTS, Sense.TROUBLE));
    watched = WatchedRun.begin(sim, scene, client);
    actors.forEach(actor -> sim.host(actor.name()).start(actor.router()));
  }

  /** Three members, one of which crashes and returns; it takes the address back. */
  static FailoverRun cleanFailover() {
    Samples run = new Samples(7, Quality.LAN, new Fence.None());
    run.sim.at(Duration.ofSeconds(8), new Fault.Crash("a"));
    run.sim.at(Duration.ofSeconds(18), new Fault.Restart("a"));
    run.sim.run(Duration.ofSeconds(30));
    return run.finished("A crash, a takeover, and a return", "clean-failover");
  }

  /** The holder's process stands still for longer than the others wait, and its fence is broken. */
  static FailoverRun pauseOverlap() {
    Samples run = new Samples(7, Quality.LAN, FENCE);
    run.sim.at(Duration.ofSeconds(10), new Fault.Pause("a"));
    run.sim.at(Duration.ofSeconds(16), new Fault.Resume("a"));
    run.sim.run(Duration.ofSeconds(30));
    return run.finished("A pause, and a fence that does not act", "pause-overlap");
  }

  /** An hour and a half on a network that loses a fifth of all packets. */
  static FailoverRun longRun() {
    Samples run = new Samples(3, Quality.LAN.withLoss(0.2), new Fence.None());
    run.sim.at(Duration.ofMinutes(10), new Fault.Kill("a"));
    run.sim.at(Duration.ofMinutes(15), new Fault.Restart("a"));
    run.sim.run(Duration.ofMinutes(90));
    return run.finished("An hour and a half of loss", "");
  }

  private FailoverRun finished(String title, String sample) {
    return watched.soFar(
        title, sample.isEmpty() ? "" : "./build test -pl havip-testkit -am -Dtest=SamplesTest");
  }

  /** The folder in which the samples are kept, from wherever the test runs. */
  static Path folder() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("docs/decisions"))) {
      root = root.getParent();
    }
    return root.resolve("docs/samples");
  }
}

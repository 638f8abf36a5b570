package io.havip.testkit.swarm;

import io.havip.Preemption;
import io.havip.VirtualRouterConfig;
import io.havip.core.check.Catalogue;
import io.havip.core.check.Scene;
import io.havip.core.check.Trial;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Operation;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.SimRandom;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.Trace;
import io.havip.testkit.sim.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A group of real nodes on which a random subset of the faults strikes, and which is healed
 * afterwards but for those members that stay dead. All of it follows from the seed.
 */
final class Swarm {

  static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  private static final List<String> NAMES = List.of("a", "b", "c");

  final Simulation sim;
  final Scene scene;
  final Trial trial;
  final Duration interval;
  private final SimRandom random;
  private final List<SimHost> hosts = new ArrayList<>();

  Swarm(long seed) {
    this(seed, UnaryOperator.identity());
  }

  /** A swarm in which the members are configured otherwise than the judges believe. */
  Swarm(long seed, UnaryOperator<VirtualRouterConfig> defect) {
    sim = Simulation.seeded(seed).tracing(Trace.Mode.TAIL);
    random = sim.random("swarm");
    interval = random.chance(0.5) ? Duration.ofSeconds(1) : Duration.ofMillis(100);
    SimNetwork lan = sim.segment("10.0.0.0/24");
    Preemption preemption = preemption();
    Fence fence = fence();
    List<Scene.Actor> actors = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      hosts.add(lan.host(NAMES.get(i), "10.0.0." + (i + 1)).fence(fence));
      actors.add(new Scene.Actor(NAMES.get(i), router(100 + 50 * i, preemption), fence));
    }
    SimClient client = lan.client("client", "10.0.0.100");
    scene = new Scene(actors, Duration.ofMillis(1), Duration.ZERO, Watch.senses(true));
    trial = Watch.judge(sim, scene, Catalogue.all(), client);
    for (int i = 0; i < hosts.size(); i++) {
      hosts.get(i).start(defect.apply(actors.get(i).router()));
    }
  }

  private VirtualRouterConfig router(int priority, Preemption preemption) {
    return VirtualRouterConfig.builder("vr")
        .interfaceName("eth0")
        .vrid(7)
        .priority(priority)
        .advertInterval(interval)
        .preemption(preemption)
        .address(VIP + "/24")
        .build();
  }

  private Preemption preemption() {
    return switch ((int) random.below(3)) {
      case 0 -> Preemption.NEVER;
      case 1 -> new Preemption.After(interval.multipliedBy(4));
      default -> Preemption.AT_ONCE;
    };
  }

  private Fence fence() {
    return switch ((int) random.below(3)) {
      case 0 -> new Fence.None();
      case 1 -> new Fence.OnExit(Duration.ofMillis(10));
      default -> new Fence.OnExitAndStall(Duration.ofMillis(10), interval.multipliedBy(2));
    };
  }

  /** Anything may happen, but none of it may break a property. */
  void suffer() {
    run(interval.multipliedBy(8));
    List<Integer> kinds = new ArrayList<>();
    for (int kind = 0; kind < KINDS; kind++) {
      if (random.chance(0.3)) {
        kinds.add(kind);
      }
    }
    for (int n = 0; n < 8 && !kinds.isEmpty(); n++) {
      sim.inject(fault(kinds.get((int) random.below(kinds.size()))));
      run(random.between(Duration.ZERO, interval.multipliedBy(random.chance(0.3) ? 10 : 2)));
    }
  }

  /** A random core is well from now on; the others are dead for ever. Returns the core. */
  List<SimHost> heal() {
    sim.inject(new Fault.MendAll());
    sim.inject(new Fault.ImpairAll("lan1", Quality.LAN));
    List<SimHost> core = new ArrayList<>();
    for (SimHost host : hosts) {
      if ((core.isEmpty() && host == hosts.getLast()) || random.chance(0.7)) {
        heal(host);
        core.add(host);
      } else {
        host.crash();
      }
    }
    run(scene.settled().plus(interval.multipliedBy(2)));
    return core;
  }

  private void heal(SimHost host) {
    sim.inject(new Fault.Thaw(host.name()));
    sim.inject(new Fault.Resume(host.name()));
    sim.inject(new Fault.Slow(host.name(), Duration.ZERO, Duration.ZERO));
    for (Operation operation : Operation.values()) {
      sim.inject(new Fault.Allow(host.name(), operation));
    }
    sim.inject(new Fault.InterfaceBack(host.name(), "eth0"));
    sim.inject(new Fault.LinkUp(host.name(), "eth0"));
    run(Duration.ofMillis(1)); // who was asked to stop while it was paused stops now
    if (!host.running()) {
      host.restart();
    }
  }

  void run(Duration length) {
    sim.run(length);
    trial.advance(sim.nanos());
  }

  private static final int KINDS = 21;

  private Fault fault(int kind) {
    String one = NAMES.get((int) random.below(NAMES.size()));
    String other = NAMES.get((int) random.below(NAMES.size()));
    return switch (kind) {
      case 0 -> new Fault.Crash(one);
      case 1 -> new Fault.Kill(one);
      case 2 -> new Fault.Stop(one);
      case 3 -> new Fault.Pause(one);
      case 4 -> new Fault.Freeze(one);
      case 5 -> new Fault.Slow(one, interval.dividedBy(10), interval.multipliedBy(4));
      case 6 -> new Fault.LinkDown(one, "eth0");
      case 7 -> new Fault.LinkUp(one, "eth0");
      case 8 -> new Fault.InterfaceGone(one, "eth0");
      case 9 -> new Fault.InterfaceBack(one, "eth0");
      case 10 -> new Fault.CableCut(one);
      case 11 -> new Fault.Cut(one, other, random.chance(0.5));
      case 12 -> new Fault.Partition(List.of(one));
      case 13 -> new Fault.RemoveAddress(one, "eth0", VIP);
      case 14 -> new Fault.JumpWallClock(one, Duration.ofDays(1));
      case 15 -> new Fault.MendAll();
      case 16 -> new Fault.Resume(one);
      case 17 -> new Fault.Thaw(one);
      case 18 -> new Fault.Impair(one, other, Quality.LAN.withLoss(0.3));
      case 19 ->
          new Fault.ImpairAll("lan1", Quality.LAN.withDelay(interval.dividedBy(5), interval));
      default -> new Fault.Restart(one);
    };
  }
}

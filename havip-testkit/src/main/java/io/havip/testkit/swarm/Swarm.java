package io.havip.testkit.swarm;

import io.havip.RouterState;
import io.havip.core.check.Finding;
import io.havip.testkit.sim.CloudFault;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Operation;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimRandom;
import io.havip.testkit.sim.SimulationFailure;
import io.havip.testkit.sim.StrangerFault;
import io.havip.testkit.sim.Stuck;
import io.havip.testkit.sim.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One run of a group on which a random subset of the faults strikes. It is bounded: in virtual time
 * by its length, in events by the {@linkplain io.havip.testkit.sim.Simulation#eventLimit limits} of
 * the simulation, and in real time by a {@link Watchdog}, on whose thread it runs.
 *
 * <pre>{@code
 * SwarmResult result = Swarm.run(arena, seed);
 * assertThat(result.verdict()).as(result::describe).isEqualTo(Verdict.PASS);
 * }</pre>
 */
public final class Swarm {

  /**
   * Names the finding of a run that broke a bound of the simulation, or whose code threw or did not
   * return.
   */
  public static final String RUN = "run";

  /** Names the finding of a core that was not of one mind in time. */
  public static final String HEALING = "healing";

  private static final int STRIKES = 8;

  /** So many intervals after the healing, whatever was delayed has arrived. */
  private static final int UNDER_WAY = 5;

  /** When a node has tried again what its host refused. */
  private static final Duration RETRIED = Duration.ofSeconds(11);

  private final Arena arena;
  private final SimRandom random;
  private final Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
  private final List<SwarmResult.Strike> strikes = new ArrayList<>();
  private final List<SimHost> core = new ArrayList<>();
  private final List<Finding> own = new ArrayList<>();

  private Swarm(Arena arena, long seed) {
    this.arena = arena;
    random = new SimRandom(seed).fork("swarm");
  }

  private void drawKinds() {
    for (FaultKind kind : FaultKind.values()) {
      if (kind.possible(arena) && random.chance(0.3)) {
        kinds.add(kind);
      }
    }
  }

  /**
   * Starts the members, lets faults strike, heals a core and judges. What is thrown by the
   * simulation or the code in it is a finding, not an exception. Code that does not return within
   * {@link Watchdog#LIMIT} is given up, which is a finding too.
   *
   * @param arena a group that has not been started
   * @param seed decides which kinds of faults may strike, when and whom, and who is healed
   * @return what came of it
   */
  public static SwarmResult run(Arena arena, long seed) {
    Swarm swarm = new Swarm(arena, seed);
    swarm.drawKinds();
    return swarm.run(seed, Watchdog.LIMIT);
  }

  /**
   * The same where only some kinds of faults may strike, all of them.
   *
   * @param arena a group that has not been started
   * @param seed decides when they strike and whom, and who is healed
   * @param kinds what may strike; what is not possible there is left out
   * @return what came of it
   */
  public static SwarmResult run(Arena arena, long seed, Set<FaultKind> kinds) {
    Swarm swarm = new Swarm(arena, seed);
    kinds.stream().filter(kind -> kind.possible(arena)).forEach(swarm.kinds::add);
    return swarm.run(seed, Watchdog.LIMIT);
  }

  static SwarmResult run(Arena arena, long seed, Duration realTimeLimit) {
    return new Swarm(arena, seed).run(seed, realTimeLimit);
  }

  private SwarmResult run(long seed, Duration realTimeLimit) {
    Watchdog.End<SwarmResult> end =
        Watchdog.run(
            "swarm " + seed,
            realTimeLimit,
            dog -> {
              dog.follow(arena.simulation());
              return run(seed);
            });
    return end.stuck()
        .map(stuck -> givenUp(seed, stuck, end.value()))
        .orElseGet(() -> end.value().orElseThrow());
  }

  /** Of a run whose thread has not ended nothing may be looked at. */
  private static SwarmResult givenUp(long seed, Stuck stuck, Optional<SwarmResult> ended) {
    List<Finding> findings = new ArrayList<>();
    ended.ifPresent(
        cut -> cut.findings().stream().filter(f -> f.at() < stuck.nanos()).forEach(findings::add));
    findings.add(
        new Finding(RUN, stuck.nanos(), stuck.describe() + '\n' + stuck.stackText().indent(2)));
    return new SwarmResult(
        seed,
        ended.map(SwarmResult::kinds).orElse(Set.of()),
        ended.map(SwarmResult::strikes).orElse(List.of()),
        ended.map(SwarmResult::core).orElse(List.of()),
        findings,
        ended.map(SwarmResult::verdicts).orElse(Map.of()),
        stuck.events(),
        ended.map(SwarmResult::hash).orElse(0L));
  }

  private SwarmResult run(long seed) {
    try {
      arena.start();
      suffer();
      heal();
    } catch (SimulationFailure e) {
      String message = String.valueOf(e.getMessage());
      own.add(new Finding(RUN, arena.simulation().nanos(), message));
    }
    return new SwarmResult(
        seed,
        kinds,
        strikes,
        core.stream().map(SimHost::name).toList(),
        findings(),
        arena.trial().verdicts(),
        arena.simulation().events(),
        arena.simulation().trace().hash());
  }

  private List<Finding> findings() {
    List<Finding> all = new ArrayList<>(arena.trial().findings());
    all.addAll(own);
    return all;
  }

  /** Anything may happen, but none of it may break a check. */
  private void suffer() {
    Duration interval = arena.interval();
    arena.run(interval.multipliedBy(8));
    List<FaultKind> chosen = List.copyOf(kinds);
    for (int n = 0; n < STRIKES && !chosen.isEmpty(); n++) {
      FaultKind kind = chosen.get((int) random.below(chosen.size()));
      strike(kind.draw(arena, random));
      arena.run(random.between(Duration.ZERO, interval.multipliedBy(random.chance(0.4) ? 12 : 2)));
    }
  }

  private void strike(Fault fault) {
    strikes.add(new SwarmResult.Strike(arena.simulation().now(), fault));
    arena.simulation().inject(fault);
  }

  /** A random core is well from now on; the others are dead for ever. */
  private void heal() {
    arena.mendNetwork();
    arena
        .simulation()
        .networks()
        .forEach(n -> arena.simulation().inject(new StrangerFault.RivalGone(n.name())));
    if (arena.simulation().cloud().isPresent()) {
      arena.simulation().inject(new CloudFault.Mended());
    }
    List<SimHost> members = arena.members();
    for (SimHost host : members) {
      if ((core.isEmpty() && host == members.getLast()) || random.chance(0.7)) {
        heal(host);
        core.add(host);
      } else {
        host.crash();
      }
    }
    Duration settled = arena.scene().settled();
    arena.run(settled.plus(arena.interval().multipliedBy(UNDER_WAY)));
    arena.scene().mappingSettles().ifPresent(arena::run);
    if (kinds.contains(FaultKind.REFUSAL)) {
      arena.run(RETRIED);
    }
    List<SimHost> active = core.stream().filter(this::active).toList();
    if (active.size() != 1) {
      String what =
          "of the healed members %s, %s are ACTIVE after %s".formatted(core, active, settled);
      own.add(new Finding(HEALING, arena.simulation().nanos(), what));
    }
  }

  private boolean active(SimHost host) {
    int member = arena.trial().picture().number(host.name());
    return arena.trial().picture().state(member) == RouterState.ACTIVE;
  }

  private void heal(SimHost host) {
    inject(new Fault.Thaw(host.name()));
    inject(new Fault.Resume(host.name()));
    inject(new Fault.Slow(host.name(), Duration.ZERO, Duration.ZERO));
    for (Operation operation : Operation.values()) {
      inject(new Fault.Allow(host.name(), operation));
    }
    for (String link : arena.interfaces()) {
      inject(new Fault.InterfaceBack(host.name(), link));
      inject(new Fault.LinkUp(host.name(), link));
    }
    if (!host.running() || host.leaving()) {
      host.restart();
    }
  }

  private void inject(Fault fault) {
    arena.simulation().inject(fault);
  }
}

package io.havip.testkit.scenario;

import io.havip.Preemption;
import io.havip.spi.Fence;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Quality;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Scenarios that a person reads with less effort than a given one, the simplest first. */
final class Simpler {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What members must agree in, lest the group fails for another reason. */
  private static final List<UnaryOperator<Member>> SHARED =
      List.of(
          m -> m.withRouter(m.router().withUnicast(false)),
          m -> m.withRouter(m.router().withInterval(SECOND)),
          m -> m.withRouter(version3(m.router())));

  /** What each member has for itself. */
  private static final List<UnaryOperator<Member>> OWN =
      List.of(
          m -> m.withFence(new Fence.None()),
          m -> m.withRouter(m.router().withPreemption(Preemption.AT_ONCE)));

  private Simpler() {}

  /**
   * Changes that simplify one thing each: network, seed, what all members share, and each member's
   * own. What one makes may be impossible.
   */
  static List<UnaryOperator<Scenario>> settings(Scenario from) {
    List<UnaryOperator<Scenario>> simpler = new ArrayList<>();
    simpler.add(s -> s.withClients(List.of()));
    simpler.add(s -> s.withQuality(Quality.LAN));
    simpler.add(s -> s.withSeed(1));
    for (UnaryOperator<Member> change : SHARED) {
      simpler.add(s -> s.withMembers(s.members().stream().map(change).toList()));
    }
    for (UnaryOperator<Member> change : OWN) {
      simpler.add(s -> s.withMembers(s.members().stream().map(change).toList()));
      for (int i = 0; i < from.members().size(); i++) {
        int index = i;
        simpler.add(
            s -> s.withMembers(replaced(s.members(), index, change.apply(s.members().get(index)))));
      }
    }
    simpler.add(Simpler::evenPriorities);
    return simpler;
  }

  private static RouterSettings version3(RouterSettings r) {
    return new RouterSettings(
        r.vrid(),
        VrrpVersion.V3,
        r.priority(),
        r.interval(),
        r.addresses(),
        r.preemption(),
        r.downMultiplier(),
        r.unicast());
  }

  /** The same order in steps of fifty. */
  private static Scenario evenPriorities(Scenario from) {
    List<Integer> sorted =
        from.members().stream().map(m -> m.router().priority()).distinct().sorted().toList();
    return from.withMembers(
        from.members().stream()
            .map(m ->
                m.withRouter(
                    m.router()
                        .withPriority(
                            Math.min(254, 100 + 50 * sorted.indexOf(m.router().priority())))))
            .toList());
  }

  /** What could happen instead of a step. */
  static List<Happening> happenings(Happening from) {
    if (!(from instanceof Happening.Strike strike)) {
      return List.of();
    }
    List<Fault> simpler =
        switch (strike.fault()) {
          case Fault.Freeze f -> List.of(new Fault.Crash(f.host()), new Fault.Pause(f.host()));
          case Fault.InterfaceGone f -> List.of(new Fault.LinkDown(f.host(), f.interfaceName()));
          case Fault.Kill f -> List.of(new Fault.Crash(f.host()));
          case Fault.Slow f when !f.jitter().isZero() ->
              List.of(new Fault.Slow(f.host(), f.by().plus(f.jitter()), Duration.ZERO));
          case Fault.Partition f when f.side().size() > 1 ->
              f.side().stream().<Fault>map(one -> new Fault.Partition(List.of(one))).toList();
          case Fault.Impair f ->
              List.of(
                  new Fault.Cut(f.from(), f.to(), false),
                  new Fault.Impair(f.from(), f.to(), Quality.LAN));
          case Fault.ImpairAll f -> List.of(new Fault.ImpairAll(f.network(), Quality.LAN));
          case Fault.Cut f when f.bothWays() ->
              List.of(
                  new Fault.Cut(f.from(), f.to(), false), new Fault.Cut(f.to(), f.from(), false));
          default -> List.of();
        };
    return simpler.stream().<Happening>map(Happening.Strike::new).toList();
  }

  static <T> List<T> replaced(List<T> all, int index, T by) {
    List<T> changed = new ArrayList<>(all);
    changed.set(index, by);
    return changed;
  }
}

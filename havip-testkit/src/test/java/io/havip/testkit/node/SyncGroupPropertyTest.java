package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimHost;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** S13: whatever happens, the routers of a group are ACTIVE together or not at all. */
class SyncGroupPropertyTest {

  /**
   * A fault and when it strikes.
   *
   * @param millis virtual time of the fault
   * @param fault the fault
   */
  record Step(int millis, Fault fault) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.integers().between(0, 8_000), faults())
        .as(Step::new)
        .list()
        .ofMaxSize(12);
  }

  private static Arbitrary<Fault> faults() {
    Arbitrary<String> hosts = Arbitraries.of("a", "b");
    Arbitrary<String> interfaces = Arbitraries.of("eth0", "eth1");
    Arbitrary<String> networks = Arbitraries.of("lan1", "lan2");
    return Arbitraries.oneOf(
        Combinators.combine(hosts, interfaces).as(Fault.LinkDown::new),
        Combinators.combine(hosts, interfaces).as(Fault.LinkUp::new),
        Combinators.combine(hosts, interfaces).as(Fault.InterfaceGone::new),
        Combinators.combine(hosts, interfaces).as(Fault.InterfaceBack::new),
        Combinators.combine(hosts, Arbitraries.of(true, false))
            .as((from, both) -> new Fault.Cut(from, from.equals("a") ? "b" : "a", both)),
        Arbitraries.just(new Fault.MendAll()),
        Combinators.combine(networks, Arbitraries.of(0.1, 0.5, 0.9))
            .as((lan, loss) -> new Fault.ImpairAll(lan, Quality.LAN.withLoss(loss))),
        hosts.map(Fault.Pause::new),
        hosts.map(Fault.Resume::new),
        hosts.map(Fault.Crash::new),
        hosts.map(Fault.Restart::new),
        Combinators.combine(hosts, interfaces, Arbitraries.of(true, false))
            .as((host, name, first) ->
                new Fault.RemoveAddress(host, name, first ? TwoLans.VIP_1 : TwoLans.VIP_2)));
  }

  @Property(tries = 150)
  void s13_membersAreActiveTogether_andSettleAfterwards(
      @ForAll long seed, @ForAll("steps") List<Step> steps) {
    TwoLans lans = new TwoLans(seed);
    lans.sim.tolerateErrors(false);
    lans.startBoth();
    lans.sim.afterEachEvent(() -> {
      assertThat(together(lans.a)).as("a: %s", lans.states(lans.a)).isTrue();
      assertThat(together(lans.b)).as("b: %s", lans.states(lans.b)).isTrue();
    });
    for (Step step : steps) {
      lans.sim.at(Duration.ofMillis(step.millis()), "maybe", () -> inject(lans, step.fault()));
    }
    lans.sim.run(Duration.ofSeconds(9));
    lans.healAll();
    lans.sim.run(Duration.ofSeconds(20));

    boolean aServes = lans.serves(lans.a);
    assertThat(aServes).as("a %s, b %s", lans.states(lans.a), lans.states(lans.b)).isTrue();
    assertThat(lans.serves(lans.b)).isFalse();
    long changes = changes(lans);
    lans.sim.run(Duration.ofSeconds(20));
    assertThat(changes(lans)).as("no flapping").isEqualTo(changes);
  }

  /** Some faults contradict the moment: a host that runs cannot be restarted. */
  private static void inject(TwoLans lans, Fault fault) {
    try {
      lans.sim.inject(fault);
    } catch (IllegalStateException | IllegalArgumentException e) {
      lans.sim.note("not now: " + e.getMessage());
    }
  }

  private static boolean together(SimHost host) {
    if (!host.running() || host.paused() || host.node().isEmpty()) {
      return true;
    }
    List<RouterState> states = TwoLans.routerStates(host);
    return states.stream().filter(s -> s == ACTIVE).count() % states.size() == 0;
  }

  private static long changes(TwoLans lans) {
    return List.of(lans.a, lans.b).stream()
        .flatMap(h -> h.events().stream())
        .filter(HavipEvent.StateChanged.class::isInstance)
        .count();
  }
}

package io.havip.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.spi.Fence;
import io.havip.testkit.sim.Scenarios.Scenario;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The same seed gives the same trace, and another seed another one. */
class DeterminismPropertyTest {

  private static final Duration LENGTH = Duration.ofSeconds(3);

  @Provide
  Arbitrary<Scenario> scenarios() {
    return Scenarios.scenarios(2_500);
  }

  @Property(tries = 150)
  void sameSeedGivesTheSameTrace(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
    Simulation first = scenario.run(seed, LENGTH, Scenarios.CHATTER);
    Simulation second = scenario.run(seed, LENGTH, Scenarios.CHATTER);
    assertThat(second.trace().text()).isEqualTo(first.trace().text());
    assertThat(second.trace().hash()).isEqualTo(first.trace().hash());
    assertThat(second.events()).isEqualTo(first.events());
  }

  @Property(tries = 40)
  void sameSeedGivesTheSameTraceOfRealNodes(
      @ForAll("scenarios") Scenario scenario, @ForAll long seed) {
    Simulation first = scenario.run(seed, LENGTH, Scenarios.NODE);
    Simulation second = scenario.run(seed, LENGTH, Scenarios.NODE);
    assertThat(second.trace().text()).isEqualTo(first.trace().text());
    assertThat(second.trace().hash()).isEqualTo(first.trace().hash());
  }

  @Property(tries = 50)
  void whetherTheTraceIsKeptChangesNothing(
      @ForAll("scenarios") Scenario scenario, @ForAll long seed) {
    Simulation traced = scenario.run(seed, LENGTH, Scenarios.CHATTER);
    Simulation untraced = scenario.run(seed, Trace.Mode.OFF, LENGTH, Scenarios.CHATTER);
    assertThat(untraced.events()).isEqualTo(traced.events());
  }

  @Example
  void differentSeedsGiveDifferentTracesWhenThereIsJitter() {
    Scenario scenario =
        new Scenario(
            Quality.LAN.withDelay(Duration.ofMillis(1), Duration.ofMillis(1)),
            new Fence.None(),
            List.of());
    Set<Long> hashes = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      hashes.add(scenario.run(seed, LENGTH, Scenarios.CHATTER).trace().hash());
    }
    assertThat(hashes).hasSize(100);
  }

  @Example
  void seedDoesNotMatterWhenNothingIsLeftToChance() {
    Scenario scenario = new Scenario(Quality.LAN, new Fence.None(), List.of());
    assertThat(scenario.run(1, LENGTH, Scenarios.CHATTER).trace().hash())
        .isEqualTo(scenario.run(2, LENGTH, Scenarios.CHATTER).trace().hash());
  }

  @Example
  void anUnrelatedSegmentChangesNoChanceOnThisOne() {
    Set<List<Long>> arrivals = new HashSet<>();
    for (boolean crowded : new boolean[] {false, true}) {
      Simulation sim = Simulation.seeded(3);
      SimNetwork lan =
          sim.segment("10.0.0.0/24")
              .quality(Quality.LAN.withDelay(Duration.ofMillis(1), Duration.ofMillis(9)));
      SimHost a = lan.host("a", "10.0.0.1");
      Talker onB = Talker.on(lan.host("b", "10.0.0.2"));
      Talker onA = Talker.on(a);
      if (crowded) {
        SimNetwork other = sim.segment("10.1.0.0/24").quality(Quality.LAN.withLoss(0.5));
        other.host("x", "10.1.0.1").start(Scenarios::chatter);
        other.host("y", "10.1.0.2").start(Scenarios::chatter);
      }
      for (int i = 0; i < 50; i++) {
        sim.at(Duration.ofMillis(50L * i), "say", () -> onA.say("10.0.0.1", Talker.GROUP, "x"));
      }
      sim.run(LENGTH);
      arrivals.add(onB.heard.stream().map(Talker.Heard::at).toList());
    }
    assertThat(arrivals).hasSize(1);
  }
}

package io.havip.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Preemption;
import io.havip.RouterState;
import io.havip.spi.Fence;
import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Three members on a link with delays of 0.05 to 1 ms, of whatever priorities: when the holder is
 * killed or leaves, exactly one of the others answers for the address within milliseconds.
 */
class QuickClaimPropertyTest {

  /**
   * A rank of less than 9 ms, a question, a contest, the guardian, and two adverts on their way.
   */
  private static final Duration LONGEST = Duration.ofMillis(9 + 3 + 3 + 3 + 2);

  /**
   * A group and how it loses its holder.
   *
   * @param seed of the delays
   * @param priorities one for each member
   * @param preemption of all
   * @param killed whether the holder is killed; else it leaves in order
   * @param guardianMicros from the death to the guardian's resignation
   */
  record Group(
      long seed,
      List<Integer> priorities,
      Preemption preemption,
      boolean killed,
      int guardianMicros) {}

  @Provide
  Arbitrary<Group> groups() {
    Arbitrary<Integer> any = Arbitraries.integers().between(1, 254);
    Arbitrary<List<Integer>> priorities =
        Arbitraries.oneOf(
            any.list().ofSize(3),
            any.map(p -> List.of(p, p, p)),
            any.flatMap(
                p -> Arbitraries.integers().between(Math.max(1, p - 2), p).list().ofSize(3)),
            Arbitraries.just(List.of(200, 150, 100)));
    return Combinators.combine(
            Arbitraries.longs().between(0, 1_000_000),
            priorities,
            Arbitraries.of(Preemption.NEVER, Preemption.AT_ONCE),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(200, 3_000))
        .as(Group::new);
  }

  @Property(tries = 300)
  void exactlyOneTakesOverWithinMilliseconds(@ForAll("groups") Group group) {
    Simulation sim = Simulation.seeded(group.seed());
    SimNetwork lan = sim.segment("172.17.16.0/24");
    lan.quality(Quality.LAN.withDelay(Duration.ofNanos(50_000), Duration.ofNanos(950_000)));
    List<SimHost> hosts = new ArrayList<>();
    for (int i = 0; i < group.priorities().size(); i++) {
      Fence fence = new Fence.OnExit(Duration.ofNanos(group.guardianMicros() * 1_000L));
      SimHost host = lan.host("m" + i, "172.17.16." + (7 + i)).fence(fence).guardian(true);
      host.start(Pair.router(group.priorities().get(i)).preemption(group.preemption()).build());
      hosts.add(host);
    }
    sim.run(Duration.ofSeconds(9));
    SimHost holder = lan.answering(Pair.VIP).getFirst();
    hosts.remove(holder);
    Exposure exposure = lan.observe(Pair.VIP);

    if (group.killed()) {
      holder.kill();
    } else {
      holder.stop();
    }
    sim.run(LONGEST);

    List<SimHost> first = lan.answering(Pair.VIP);
    assertThat(first).hasSize(1).doesNotContain(holder);
    assertThat(exposure.overlap()).isZero();
    assertThat(exposure.spans()).as(exposure.toString()).hasSizeLessThanOrEqualTo(3);
    sim.run(Duration.ofSeconds(5));
    assertThat(lan.answering(Pair.VIP)).hasSize(1);
    assertThat(hosts).filteredOn(h -> Pair.state(h) == RouterState.ACTIVE).hasSize(1);
    if (group.preemption().equals(Preemption.NEVER)) {
      assertThat(lan.answering(Pair.VIP)).isEqualTo(first);
      assertThat(exposure.overlap()).isZero();
    }
  }
}

package io.havip.testkit.wsfc;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimHost;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/**
 * Whatever fails: never two hold the address, and in the end one does and the HAVIP is there. A
 * process that is killed alone is left out: its kernel keeps the address, and no quorum helps
 * against that.
 */
class FailoverClusterPropertyTest {

  private static final List<String> HOSTS = List.of("sql1", "sql2", "witness");

  record Step(Fault fault, int afterMillis) {}

  @Provide
  Arbitrary<Step> steps() {
    Arbitrary<String> host = Arbitraries.of(HOSTS);
    Arbitrary<Fault> fault =
        Arbitraries.oneOf(
            host.map(Fault.Crash::new),
            host.map(Fault.Stop::new),
            host.map(Fault.Restart::new),
            Combinators.combine(host, host, Arbitraries.of(true, false)).as(Fault.Cut::new),
            Arbitraries.just(new Fault.MendAll()));
    return Combinators.combine(fault, Arbitraries.integers().between(1, 8000)).as(Step::new);
  }

  @Property(tries = 150)
  void neverTwoHoldersAndOneInTheEnd(
      @ForAll long seed, @ForAll @Size(max = 12) List<@From("steps") Step> steps) {
    ClusterScene scene = new ClusterScene(seed);
    Exposure exposure = scene.subnet.observe(ClusterScene.VIP);
    for (Step step : steps) {
      scene.sim.run(Duration.ofMillis(step.afterMillis()));
      if (step.fault() instanceof Fault.Cut(String from, String to, boolean both)
          && from.equals(to)) {
        continue;
      }
      scene.sim.inject(step.fault());
    }
    scene.sim.inject(new Fault.MendAll());
    for (SimHost host : List.of(scene.a, scene.b, scene.witness)) {
      if (!host.running()) {
        host.restart();
      }
    }
    scene.sim.run(ofSeconds(40));

    assertThat(exposure.overlap()).isZero();
    assertThat(scene.holders()).hasSize(1);
    assertThat(scene.vpc.holder(ClusterScene.VIP)).contains(scene.holders().getFirst());
  }
}

package io.havip.core.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HealthCheck;
import io.havip.HealthCheckConfig;
import io.havip.Track;
import io.havip.core.tracking.CheckState.Health;
import io.havip.core.tracking.Fitness.Dependency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;

/** Hysteresis and weights on random results and dependencies. */
class TrackingPropertyTest {

  private static final HealthCheck.Probe PROBE = () -> true;

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Provide
  Arbitrary<HealthCheckConfig> checks() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(1, 5),
            Arbitraries.of(true, false))
        .as((rise, fall, initFail) ->
            new HealthCheckConfig("c", PROBE, SECOND, SECOND, rise, fall, initFail));
  }

  @Provide
  Arbitrary<Dependency> dependencies() {
    return Combinators.combine(
            Arbitraries.integers().between(-254, 254).injectDuplicates(0.2),
            Arbitraries.of(true, false),
            Arbitraries.of(Health.values()))
        .as((weight, reverse, health) ->
            new Dependency(
                new Track.Check(HealthCheckConfig.of("c", PROBE), weight, reverse), health));
  }

  private static CheckState run(HealthCheckConfig config, List<Boolean> results) {
    CheckState state = CheckState.initial(config);
    for (boolean result : results) {
      state = state.after(config, result);
    }
    return state;
  }

  @Property
  void enough_equal_results_at_the_end_decide(
      @ForAll("checks") HealthCheckConfig config,
      @ForAll List<Boolean> before,
      @ForAll boolean result) {
    List<Boolean> results = new ArrayList<>(before);
    results.addAll(Collections.nCopies(result ? config.rise() : config.fall(), result));

    assertThat(run(config, results).health()).isEqualTo(result ? Health.WELL : Health.FAILED);
  }

  @Property
  void the_health_changes_only_towards_the_last_result(
      @ForAll("checks") HealthCheckConfig config,
      @ForAll List<Boolean> before,
      @ForAll boolean result) {
    CheckState from = run(config, before);
    CheckState to = from.after(config, result);

    if (to.health() != from.health()) {
      assertThat(to).isEqualTo(new CheckState(result ? Health.WELL : Health.FAILED, 0));
    }
  }

  @Property
  void a_change_after_the_first_result_takes_rise_or_fall_results(
      @ForAll("checks") HealthCheckConfig config, @ForAll @NotEmpty List<Boolean> results) {
    CheckState state = CheckState.initial(config);
    int sinceAgreeing = 0;
    for (boolean result : results) {
      CheckState next = state.after(config, result);
      boolean decided = state.health() == Health.WELL || state.health() == Health.FAILED;
      sinceAgreeing = result == (state.health() == Health.WELL) ? 0 : sinceAgreeing + 1;
      if (decided && next.health() != state.health()) {
        assertThat(sinceAgreeing).isEqualTo(result ? config.rise() : config.fall());
      }
      sinceAgreeing = next.health() == state.health() ? sinceAgreeing : 0;
      state = next;
    }
  }

  @Property
  void there_is_a_standing_result_after_rise_or_one_failure(
      @ForAll("checks") HealthCheckConfig config, @ForAll @NotEmpty List<Boolean> results) {
    Health health = run(config, results).health();

    if (!config.initiallyFailed() || results.contains(false) || results.size() >= config.rise()) {
      assertThat(health).isIn(Health.WELL, Health.FAILED);
    } else {
      assertThat(health).isEqualTo(Health.PRESUMED_FAILED);
    }
  }

  @Property
  void the_effective_priority_is_1_to_254_whatever_fails(
      @ForAll @IntRange(min = 1, max = 254) int configured,
      @ForAll List<@From("dependencies") Dependency> tracked) {
    assertThat(Fitness.of(configured, tracked).priority()).isBetween(1, 254);
  }

  @Property
  void the_owner_stays_the_owner_whatever_fails(
      @ForAll List<@From("dependencies") Dependency> tracked) {
    assertThat(Fitness.of(255, tracked).priority()).isEqualTo(255);
  }

  @Property
  void the_order_of_the_dependencies_does_not_change_the_priority(
      @ForAll @IntRange(min = 1, max = 255) int configured,
      @ForAll List<@From("dependencies") Dependency> tracked,
      @ForAll Random random) {
    List<Dependency> shuffled = new ArrayList<>(tracked);
    Collections.shuffle(shuffled, random);

    assertThat(Fitness.of(configured, shuffled).priority())
        .isEqualTo(Fitness.of(configured, tracked).priority());
  }

  @Property
  void getting_well_never_hurts_and_failing_never_helps_unless_reversed(
      @ForAll @IntRange(min = 1, max = 254) int configured,
      @ForAll List<@From("dependencies") Dependency> others,
      @ForAll @IntRange(min = -254, max = 254) int weight) {
    Track track = new Track.Check(HealthCheckConfig.of("x", PROBE), weight, false);
    Fitness well = with(configured, others, new Dependency(track, Health.WELL));
    Fitness failed = with(configured, others, new Dependency(track, Health.FAILED));

    assertThat(failed.priority()).isLessThanOrEqualTo(well.priority());
    assertThat(failed.faults()).containsAll(well.faults());
  }

  private static Fitness with(int configured, List<Dependency> others, Dependency one) {
    List<Dependency> all = new ArrayList<>(others);
    all.add(one);
    return Fitness.of(configured, all);
  }
}

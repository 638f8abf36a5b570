package io.havip.core.election;

import static io.havip.core.election.Machine.HIGHER_ADDRESS;
import static io.havip.core.election.Machine.LOWER_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.RouterState;
import io.havip.net.IpAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The laws, on random scenarios. No scenario makes the machine throw, or the law would not end. */
class ElectionPropertyTest {

  @Provide
  Arbitrary<Scenario> scenarios() {
    return Scenarios.any();
  }

  @Provide
  Arbitrary<Scenario> punctual() {
    return Scenarios.punctual();
  }

  private static void holds(ElectionLaw law, Scenario scenario) {
    assertThat(law.broken(Election::step, scenario)).isEmpty();
  }

  @Property
  void s9_adverts_are_sent_only_in_active(@ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.ADVERTS_ONLY_WHEN_ACTIVE, scenario);
  }

  @Property
  void s9_priority_0_is_sent_once_when_leaving_and_only_then(
      @ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.RESIGNS_EXACTLY_WHEN_LEAVING, scenario);
  }

  @Property
  void s9_exactly_one_of_advert_timer_and_down_timer_runs(@ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.ONE_TIMER, scenario);
  }

  @Property
  void s8_addresses_are_bound_only_in_active_and_bind_and_unbind_alternate(
      @ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.ADDRESSES_FOLLOW_THE_STATE, scenario);
  }

  @Property
  void s10_every_change_of_state_is_reported_once_with_its_cause(
      @ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.EVERY_CHANGE_HAS_ITS_CAUSE, scenario);
  }

  @Property
  void the_gap_between_adverts_never_exceeds_the_interval_whatever_arrives(
      @ForAll("punctual") Scenario scenario) {
    holds(ElectionLaw.ADVERT_CADENCE, scenario);
  }

  @Property
  void a_backup_takes_over_after_down_of_silence_or_skew_of_resignation_and_not_sooner(
      @ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.TAKEOVER_AFTER_SILENCE, scenario);
  }

  @Property
  void of_two_that_hear_each_other_the_weaker_yields(@ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.THE_WEAKER_YIELDS, scenario);
  }

  @Property
  void a_late_process_stands_down_before_it_speaks(@ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.LATE_WAKE_STANDS_DOWN, scenario);
  }

  @Property
  void a_timer_that_was_served_is_not_due_again_at_once(@ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.NO_BUSY_LOOP, scenario);
  }

  @Property(tries = 300)
  void the_same_input_twice_gives_the_same_result(@ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.DETERMINISTIC, scenario);
  }

  @Property(tries = 300)
  void s17_shifting_all_times_shifts_the_result(@ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.CLOCK_ORIGIN_MEANS_NOTHING, scenario);
  }

  @Property(tries = 300)
  void stretching_all_times_stretches_the_result_in_version_3(
      @ForAll("scenarios") Scenario scenario) {
    holds(ElectionLaw.PACE_MEANS_NOTHING, scenario);
  }

  @Property
  void a_backup_of_equal_priority_never_preempts_a_live_member(
      @ForAll @IntRange(min = 1, max = 254) int priority,
      @ForAll boolean higherAddress,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 256) Integer> gaps) {
    List<Move> moves = new ArrayList<>();
    moves.add(new Move.Give(new Input.Startup(null)));
    for (int gap : gaps) {
      moves.add(new Move.Pass(gap));
      moves.add(
          new Move.Hear(
              Move.Rank.EQUAL, higherAddress ? HIGHER_ADDRESS : LOWER_ADDRESS, Move.Speed.SAME, 0));
    }
    Trace trace = new Scenario(Machine.v3().config(), priority, 0, moves).run(Election::step);

    assertThat(trace.entries()).allMatch(e -> e.after().state() == RouterState.BACKUP);
  }

  @Property
  void no_advert_makes_a_step_throw(
      @ForAll("scenarios") Scenario scenario,
      @ForAll @IntRange(max = 255) int priority,
      @ForAll @LongRange(min = 10_000_000, max = 255_000_000_000L) long interval,
      @ForAll long receivedAt,
      @ForAll("sources") IpAddress source) {
    for (Trace.Entry entry : scenario.run(Election::step).entries()) {
      Input advert = new Input.AdvertReceived(source, priority, interval, receivedAt);
      Step step = Election.step(scenario.config(), entry.after(), advert, entry.now());
      assertThat(step.actions()).hasSizeLessThan(6);
    }
  }

  @Provide
  Arbitrary<IpAddress> sources() {
    return Arbitraries.of("10.0.0.1", "10.0.0.2", "255.255.255.255", "fe80::1", "::")
        .map(IpAddress::parse);
  }

  /** Scenarios that reach nothing would prove nothing. */
  @Property(tries = 1, seed = "20240912")
  void the_scenarios_reach_every_state_and_every_action() {
    Set<RouterState> states = EnumSet.noneOf(RouterState.class);
    Set<String> actions = new TreeSet<>();
    Set<String> causes = new TreeSet<>();
    Scenarios.any()
        .sampleStream()
        .limit(1_000)
        .flatMap(s -> s.run(Election::step).entries().stream())
        .forEach(e -> {
          states.add(e.after().state());
          e.actions().forEach(a -> actions.add(a.getClass().getSimpleName()));
          e.reports().forEach(r -> causes.add(r.cause().getClass().getSimpleName()));
        });

    assertThat(states).containsExactlyInAnyOrder(RouterState.values());
    assertThat(actions).hasSize(Action.class.getPermittedSubclasses().length);
    assertThat(causes).hasSize(Cause.class.getPermittedSubclasses().length);
  }
}

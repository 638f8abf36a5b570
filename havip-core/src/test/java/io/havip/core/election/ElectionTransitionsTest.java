package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static io.havip.RouterState.INITIALIZE;
import static io.havip.core.election.Machine.HIGHER_ADDRESS;
import static io.havip.core.election.Machine.LOWER_ADDRESS;
import static io.havip.core.election.Machine.OWN_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.core.election.Action.Announce;
import io.havip.core.election.Action.Bind;
import io.havip.core.election.Action.ReportLowerPriority;
import io.havip.core.election.Action.ReportState;
import io.havip.core.election.Action.SendAdvert;
import io.havip.core.election.Action.Unbind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of states and events, row by row: RFC 9568 section 6.4 and what Keepalived adds. */
class ElectionTransitionsTest {

  private static final Duration DOWN = Duration.ofNanos(3_609_375_000L);
  private static final Duration SKEW = Duration.ofNanos(609_375_000L);
  private static final Cause.FaultRaised LINK_DOWN =
      new Cause.FaultRaised("interface eth0 is down");

  // INITIALIZE

  @Test
  void initialize_start_below_255_becomes_backup_and_listens_for_down() {
    Machine machine = Machine.v3();

    assertThat(machine.start())
        .containsExactly(new ReportState(INITIALIZE, BACKUP, new Cause.Started()));
    assertThat(machine.where()).isEqualTo(BACKUP);
    assertThat(machine.activeDownAt()).isEqualTo(DOWN);
    assertThat(machine.nextDeadline()).isEqualTo(DOWN);
  }

  @Test
  void initialize_start_at_priority_150_gives_no_head_start_but_waits_3414_ms() {
    Machine machine = Machine.v3(b -> b.priority(150));
    machine.start();

    assertThat(machine.runTo(3_414)).isEmpty();
    assertThat(machine.runTo(3_415)).isNotEmpty();
    assertThat(machine.where()).isEqualTo(ACTIVE);
  }

  @Test
  void initialize_start_at_255_becomes_active_at_once() {
    Machine machine = Machine.v3(b -> b.priority(255));

    assertThat(machine.start())
        .containsExactly(
            new SendAdvert(255),
            new Bind(),
            new Announce(5),
            new ReportState(INITIALIZE, ACTIVE, new Cause.StartedAsOwner()));
    assertThat(machine.advertAt()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void initialize_start_with_a_fault_becomes_fault_and_says_nothing() {
    Machine machine = Machine.v3(b -> b.priority(255));

    assertThat(machine.give(new Input.Startup("interface eth0 is down")))
        .containsExactly(new ReportState(INITIALIZE, FAULT, LINK_DOWN));
    assertThat(machine.state().nextDeadline()).isEqualTo(ElectionState.NEVER);
  }

  @Test
  void initialize_everything_but_start_is_ignored() {
    Machine machine = Machine.v3();
    ElectionState before = machine.state();

    assertThat(machine.hears(HIGHER_ADDRESS, 200)).isEmpty();
    assertThat(machine.hears(HIGHER_ADDRESS, 0)).isEmpty();
    assertThat(machine.timer()).isEmpty();
    assertThat(machine.shutdown()).isEmpty();
    assertThat(machine.faultRaised()).isEmpty();
    assertThat(machine.faultCleared()).isEmpty();
    assertThat(machine.prepared()).isEmpty();
    assertThat(machine.state()).isEqualTo(before);
  }

  @Test
  void initialize_a_change_of_priority_counts_from_the_start() {
    Machine machine = Machine.v3();
    assertThat(machine.priorityChanged(200)).isEmpty();
    machine.start();

    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofNanos(3_218_750_000L));
  }

  // BACKUP

  @Test
  void backup_priority_0_sets_the_down_timer_to_skew() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 200);

    assertThat(machine.at(1_200).hears(HIGHER_ADDRESS, 0)).isEmpty();
    assertThat(machine.where()).isEqualTo(BACKUP);
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(1_200).plus(SKEW));
  }

  @Test
  void backup_takes_over_from_one_that_resigned_with_that_cause() {
    Machine machine = Machine.v3();
    machine.start();
    machine.hears(HIGHER_ADDRESS, 200);
    machine.hears(HIGHER_ADDRESS, 0);

    assertThat(machine.at(SKEW).timer())
        .contains(new ReportState(BACKUP, ACTIVE, new Cause.PeerResigned(HIGHER_ADDRESS)));
  }

  @Test
  void backup_that_took_over_forgets_the_active_one() {
    Machine machine = Machine.v3();
    machine.start();
    machine.hears(HIGHER_ADDRESS, 200);
    machine.at(DOWN).timer();

    assertThat(machine.state().active()).isNull();
    assertThat(machine.state().activePriority()).isZero();
  }

  @Test
  void backup_an_advert_after_a_resignation_restores_the_full_down_interval() {
    Machine machine = Machine.v3();
    machine.start();
    machine.hears(HIGHER_ADDRESS, 0);
    machine.at(300).hears(LOWER_ADDRESS, 200);
    machine.at(Duration.ofMillis(300).plus(DOWN));

    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(300).plus(DOWN));
    assertThat(machine.timer())
        .contains(new ReportState(BACKUP, ACTIVE, new Cause.ActiveDown(DOWN)));
  }

  @Test
  void backup_higher_priority_restarts_down_and_remembers_the_active_one() {
    Machine machine = Machine.v3();
    machine.start();

    assertThat(machine.at(1_000).hears(LOWER_ADDRESS, 101)).isEmpty();
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofSeconds(1).plus(DOWN));
    assertThat(machine.state().active()).isEqualTo(LOWER_ADDRESS);
    assertThat(machine.state().activePriority()).isEqualTo(101);
  }

  @Test
  void backup_equal_priority_counts_as_higher_whatever_the_address() {
    for (var source : List.of(LOWER_ADDRESS, HIGHER_ADDRESS)) {
      Machine machine = Machine.v3();
      machine.start();

      assertThat(machine.at(3_000).hears(source, 100)).isEmpty();
      assertThat(machine.activeDownAt()).isEqualTo(Duration.ofSeconds(3).plus(DOWN));
    }
  }

  @Test
  void backup_lower_priority_is_ignored_and_the_timer_continues_unchanged() {
    Machine machine = Machine.v3();
    machine.start();
    ElectionState before = machine.state();

    for (int second = 1; second <= 3; second++) {
      assertThat(machine.at(second * 1_000L).hears(HIGHER_ADDRESS, 99)).isEmpty();
      assertThat(machine.activeDownAt()).isEqualTo(DOWN);
      assertThat(machine.state().active()).isEqualTo(before.active());
    }
    assertThat(machine.at(DOWN).timer()).contains(new SendAdvert(100));
    assertThat(machine.where()).isEqualTo(ACTIVE);
  }

  @Test
  void backup_timer_takes_over_advert_bind_announce_report_in_this_order() {
    Machine machine = Machine.v3();
    machine.start();

    assertThat(machine.at(DOWN).timer())
        .containsExactly(
            new SendAdvert(100),
            new Bind(),
            new Announce(5),
            new ReportState(BACKUP, ACTIVE, new Cause.ActiveDown(DOWN)));
    assertThat(machine.advertAt()).isEqualTo(DOWN.plusSeconds(1));
    assertThat(machine.state().holding()).isTrue();
    assertThat(machine.state().active()).isNull();
  }

  @Test
  void backup_timer_before_its_time_does_nothing() {
    Machine machine = Machine.v3();
    machine.start();
    ElectionState before = machine.state();

    assertThat(machine.at(DOWN.minusNanos(1)).timer()).isEmpty();
    assertThat(machine.state()).isEqualTo(before);
  }

  @Test
  void backup_down_counts_from_the_last_accepted_advert() {
    Machine machine = Machine.v3();
    machine.start();
    for (int i = 1; i <= 10; i++) {
      machine.at(i * 1_000L).hears(HIGHER_ADDRESS, 200);
    }
    List<Machine.Timed> actions = machine.runTo(20_000);

    assertThat(actions.getFirst())
        .isEqualTo(new Machine.Timed(DOWN.plusSeconds(10), new SendAdvert(100)));
  }

  @Test
  void backup_a_change_of_priority_shifts_the_running_deadline_by_the_change_of_down() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 200);

    assertThat(machine.at(2_000).priorityChanged(150)).isEmpty();
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofNanos(4_414_062_500L));

    machine.at(3_000).priorityChanged(100);
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofSeconds(1).plus(DOWN));
  }

  @Test
  void backup_a_change_of_priority_after_a_resignation_shifts_the_skew() {
    Machine machine = Machine.v3();
    machine.start();
    machine.hears(HIGHER_ADDRESS, 0);
    machine.at(100).priorityChanged(254);

    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofNanos(7_812_500));
    assertThat(machine.timer()).contains(new SendAdvert(254));
  }

  @Test
  void backup_fault_becomes_fault_without_a_word() {
    Machine machine = Machine.v3();
    machine.start();
    machine.hears(HIGHER_ADDRESS, 200);

    assertThat(machine.at(500).faultRaised())
        .containsExactly(new ReportState(BACKUP, FAULT, LINK_DOWN));
    assertThat(machine.state().nextDeadline()).isEqualTo(ElectionState.NEVER);
    assertThat(machine.state().active()).isNull();
  }

  @Test
  void backup_shutdown_becomes_initialize_without_a_word() {
    Machine machine = Machine.v3();
    machine.start();

    assertThat(machine.shutdown())
        .containsExactly(new ReportState(BACKUP, INITIALIZE, new Cause.Stopped()));
    assertThat(machine.state().nextDeadline()).isEqualTo(ElectionState.NEVER);
  }

  @Test
  void backup_start_fault_cleared_and_prepared_are_ignored() {
    Machine machine = Machine.v3();
    machine.start();
    ElectionState before = machine.state();

    assertThat(machine.start()).isEmpty();
    assertThat(machine.faultCleared()).isEmpty();
    assertThat(machine.prepared()).isEmpty();
    assertThat(machine.state()).isEqualTo(before);
  }

  // ACTIVE

  @Test
  void active_advert_timer_sends_an_advert_each_interval() {
    Machine machine = Machine.active();

    assertThat(Machine.Timed.millisOf(machine.runTo(4_000), SendAdvert.class))
        .containsExactly(1_000L, 2_000L, 3_000L, 4_000L);
  }

  @Test
  void active_a_late_timer_keeps_the_rhythm() {
    Machine machine = Machine.active();

    assertThat(machine.at(1_300).timer()).containsExactly(new SendAdvert(100));
    assertThat(machine.advertAt()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void active_a_timer_late_by_more_than_an_interval_sends_once_and_starts_a_new_rhythm() {
    Machine machine = Machine.active();

    assertThat(machine.at(2_300).timer()).containsExactly(new SendAdvert(100));
    assertThat(machine.advertAt()).isEqualTo(Duration.ofMillis(3_300));
  }

  @Test
  void active_priority_0_is_answered_at_once_and_the_router_stays() {
    Machine machine = Machine.active();

    assertThat(machine.at(400).hears(HIGHER_ADDRESS, 0)).containsExactly(new SendAdvert(100));
    assertThat(machine.where()).isEqualTo(ACTIVE);
    assertThat(machine.advertAt()).isEqualTo(Duration.ofMillis(1_400));
  }

  @Test
  void active_higher_priority_yields_unbinds_reports_and_sends_no_priority_0() {
    Machine machine = Machine.active(b -> b.adviseHigherPriority(false));

    assertThat(machine.at(400).hears(LOWER_ADDRESS, 101))
        .containsExactly(
            new Unbind(),
            new ReportState(ACTIVE, BACKUP, new Cause.HigherPriority(LOWER_ADDRESS, 101)));
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(400).plus(DOWN));
    assertThat(machine.state().active()).isEqualTo(LOWER_ADDRESS);
    assertThat(machine.state().holding()).isFalse();
    assertThat(machine.nextDeadline()).isEqualTo(machine.activeDownAt());
  }

  @Test
  void active_equal_priority_and_higher_source_yields() {
    Machine machine = Machine.active(b -> b.adviseHigherPriority(false));

    assertThat(machine.hears(HIGHER_ADDRESS, 100))
        .containsExactly(
            new Unbind(),
            new ReportState(ACTIVE, BACKUP, new Cause.HigherAddress(HIGHER_ADDRESS, 100)));
  }

  @Test
  void active_equal_priority_and_lower_source_is_answered_like_a_lower_priority() {
    Machine machine = Machine.active();

    assertThat(machine.at(400).hears(LOWER_ADDRESS, 100))
        .containsExactly(
            new ReportLowerPriority(LOWER_ADDRESS, 100), new SendAdvert(100), new Announce(5));
    assertThat(machine.where()).isEqualTo(ACTIVE);
  }

  @Test
  void active_equal_priority_and_own_source_changes_nothing() {
    Machine machine = Machine.active();
    ElectionState before = machine.state();

    assertThat(machine.at(400).hears(OWN_ADDRESS, 100)).isEmpty();
    assertThat(machine.state()).isEqualTo(before);
  }

  @Test
  void active_higher_prio_send_advert_sends_one_last_advert_before_it_yields() {
    Machine machine = Machine.active(b -> b.adviseHigherPriority(true));

    assertThat(machine.hears(LOWER_ADDRESS, 200))
        .containsExactly(
            new SendAdvert(100),
            new Unbind(),
            new ReportState(ACTIVE, BACKUP, new Cause.HigherPriority(LOWER_ADDRESS, 200)));
  }

  @Test
  void active_lower_priority_is_answered_at_once_announced_and_reported() {
    Machine machine = Machine.active();

    assertThat(machine.at(400).hears(HIGHER_ADDRESS, 99))
        .containsExactly(
            new ReportLowerPriority(HIGHER_ADDRESS, 99), new SendAdvert(100), new Announce(5));
    assertThat(machine.where()).isEqualTo(ACTIVE);
  }

  @Test
  void active_lower_prio_no_advert_switches_the_answer_off() {
    Machine machine = Machine.active(b -> b.replyToLowerPriority(false));

    assertThat(machine.at(400).hears(HIGHER_ADDRESS, 99))
        .containsExactly(new ReportLowerPriority(HIGHER_ADDRESS, 99), new Announce(5));
  }

  @Test
  void active_a_change_of_priority_is_carried_by_the_next_regular_advert() {
    Machine machine = Machine.active();

    assertThat(machine.at(400).priorityChanged(80)).isEmpty();
    assertThat(machine.advertAt()).isEqualTo(Duration.ofSeconds(1));
    assertThat(machine.at(1_000).timer()).containsExactly(new SendAdvert(80));
  }

  @Test
  void active_start_and_fault_cleared_are_ignored() {
    Machine machine = Machine.active();
    ElectionState before = machine.state();

    assertThat(machine.start()).isEmpty();
    assertThat(machine.faultCleared()).isEmpty();
    assertThat(machine.prepared()).isEmpty();
    assertThat(machine.state()).isEqualTo(before);
  }

  // FAULT

  @Test
  void fault_all_causes_gone_becomes_backup_and_listens_for_down() {
    Machine machine = Machine.active();
    machine.at(500).faultRaised();

    assertThat(machine.at(9_000).faultCleared())
        .containsExactly(new ReportState(FAULT, BACKUP, new Cause.FaultCleared()));
    assertThat(machine.activeDownAt()).isEqualTo(DOWN.plusSeconds(9));
  }

  @Test
  void fault_of_an_owner_is_gone_becomes_active_at_once() {
    Machine machine = Machine.v3(b -> b.priority(255));
    machine.start();
    machine.at(500).faultRaised();

    assertThat(machine.at(9_000).faultCleared())
        .containsExactly(
            new SendAdvert(255),
            new Bind(),
            new Announce(5),
            new ReportState(FAULT, ACTIVE, new Cause.FaultCleared()));
  }

  @Test
  void fault_adverts_and_timers_and_further_faults_are_ignored() {
    Machine machine = Machine.v3();
    machine.give(new Input.Startup("interface eth0 is down"));
    ElectionState before = machine.state();

    assertThat(machine.hears(HIGHER_ADDRESS, 50)).isEmpty();
    assertThat(machine.hears(HIGHER_ADDRESS, 0)).isEmpty();
    assertThat(machine.hears(HIGHER_ADDRESS, 200)).isEmpty();
    assertThat(machine.timer()).isEmpty();
    assertThat(machine.start()).isEmpty();
    assertThat(machine.faultRaised()).isEmpty();
    assertThat(machine.prepared()).isEmpty();
    assertThat(machine.state()).isEqualTo(before);
  }

  @Test
  void fault_a_change_of_priority_counts_when_the_fault_is_gone() {
    Machine machine = Machine.v3();
    machine.give(new Input.Startup("interface eth0 is down"));
    assertThat(machine.priorityChanged(200)).isEmpty();
    machine.faultCleared();

    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofNanos(3_218_750_000L));
  }

  @Test
  void fault_shutdown_becomes_initialize_without_a_word() {
    Machine machine = Machine.v3();
    machine.give(new Input.Startup("interface eth0 is down"));

    assertThat(machine.shutdown())
        .containsExactly(new ReportState(FAULT, INITIALIZE, new Cause.Stopped()));
  }

  @Test
  void a_stopped_router_can_be_started_again() {
    Machine machine = Machine.active();
    machine.at(500).shutdown();

    assertThat(machine.at(5_000).start())
        .containsExactly(new ReportState(INITIALIZE, BACKUP, new Cause.Started()));
    assertThat(machine.activeDownAt()).isEqualTo(DOWN.plusSeconds(5));
  }

  // What the machine is given and gives back.

  @Test
  void the_same_step_twice_is_equal() {
    ElectionState state = Machine.active().state();
    ElectionConfig config = Machine.v3().config();
    Input input = new Input.AdvertReceived(HIGHER_ADDRESS, 99, 1_000_000_000L, 5);

    assertThat(Election.step(config, state, input, state.lastAdvertAt()))
        .isEqualTo(Election.step(config, state, input, state.lastAdvertAt()));
  }
}

package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static io.havip.RouterState.INITIALIZE;
import static io.havip.core.election.Machine.HIGHER_ADDRESS;
import static io.havip.core.election.Machine.LOWER_ADDRESS;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.Preemption;
import io.havip.core.election.Action.ReportState;
import io.havip.core.election.Action.SendAdvert;
import io.havip.core.election.Action.Unbind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the machine differs from Keepalived on purpose. */
class ElectionDeviationsTest {

  private static final Duration DOWN = Duration.ofNanos(3_609_375_000L);
  private static final Duration PATIENCE = Duration.ofNanos(3_007_812_500L);
  private static final Cause.FaultRaised LINK_DOWN =
      new Cause.FaultRaised("interface eth0 is down");

  /** Keepalived re-arms its advert timer on any packet: one each 0.4 s silences a 1 s holder. */
  @Test
  void no_packet_postpones_the_advert_timer() {
    Machine machine = Machine.active(b -> b.replyToLowerPriority(false));
    int regular = 0;
    for (long at = 400; at <= 10_000; at += 400) {
      regular += count(machine.runTo(at), SendAdvert.class);
      assertThat(machine.hears(HIGHER_ADDRESS, 99)).doesNotHaveAnyElementsOfTypes(SendAdvert.class);
    }

    assertThat(regular).isEqualTo(10);
  }

  @Test
  void no_packet_that_is_answered_postpones_the_advert_timer_either() {
    Machine machine = Machine.active();
    int regular = 0;
    for (long at = 400; at <= 10_000; at += 400) {
      regular += count(machine.runTo(at), SendAdvert.class);
      machine.hears(LOWER_ADDRESS, 100);
    }

    assertThat(regular).isEqualTo(10);
  }

  /** Keepalived sends priority 0 first and overlaps with its successor by a few milliseconds. */
  @Test
  void active_shutdown_unbinds_before_it_resigns() {
    Machine machine = Machine.active();

    assertThat(machine.at(500).shutdown())
        .containsExactly(
            new Unbind(),
            new SendAdvert(0),
            new ReportState(ACTIVE, INITIALIZE, new Cause.Stopped()));
    assertThat(machine.state().nextDeadline()).isEqualTo(ElectionState.NEVER);
    assertThat(machine.state().holding()).isFalse();
  }

  /** Keepalived sends priority 0 twice when it enters FAULT. */
  @Test
  void active_fault_sends_priority_0_once_and_after_it_unbound() {
    Machine machine = Machine.active();

    assertThat(machine.at(500).faultRaised())
        .containsExactly(
            new Unbind(), new SendAdvert(0), new ReportState(ACTIVE, FAULT, LINK_DOWN));
    assertThat(machine.state().nextDeadline()).isEqualTo(ElectionState.NEVER);
  }

  /** Keepalived does so with higher_prio_send_advert only; its winner of a healed split is deaf. */
  @Test
  void active_yields_after_a_last_advert_unless_told_otherwise() {
    assertThat(Machine.active().hears(LOWER_ADDRESS, 200))
        .containsExactly(
            new SendAdvert(100),
            new Unbind(),
            new ReportState(ACTIVE, BACKUP, new Cause.HigherPriority(LOWER_ADDRESS, 200)));
  }

  /** A resumed Keepalived first sends its overdue advert and announces, then reads the queue. */
  @Test
  void late_wake_stands_down_before_it_speaks() {
    Machine machine = Machine.active();
    Duration late = PATIENCE.plusNanos(1);

    assertThat(machine.at(late).timer())
        .containsExactly(new Unbind(), new ReportState(ACTIVE, BACKUP, new Cause.LateWake(late)));
    assertThat(machine.activeDownAt()).isEqualTo(late.plus(DOWN));
  }

  @Test
  void late_wake_begins_only_where_a_peer_of_the_highest_priority_loses_patience() {
    Machine machine = Machine.active();

    assertThat(machine.at(PATIENCE).timer()).containsExactly(new SendAdvert(100));
    assertThat(machine.where()).isEqualTo(ACTIVE);
  }

  @Test
  void late_wake_is_judged_by_the_last_advert_whatever_wakes_the_router() {
    Duration late = Duration.ofSeconds(6);
    Cause cause = new Cause.LateWake(late);
    var standDown = List.of(new Unbind(), new ReportState(ACTIVE, BACKUP, cause));

    assertThat(Machine.active().at(late).hears(HIGHER_ADDRESS, 99)).isEqualTo(standDown);
    assertThat(Machine.active().at(late).hears(HIGHER_ADDRESS, 0)).isEqualTo(standDown);
    assertThat(Machine.active().at(late).hears(HIGHER_ADDRESS, 200)).isEqualTo(standDown);
    assertThat(Machine.active().at(late).priorityChanged(200)).isEqualTo(standDown);
    assertThat(Machine.active().at(late).faultCleared()).isEqualTo(standDown);
    assertThat(Machine.active().at(late).shutdown())
        .containsExactly(
            new Unbind(),
            new ReportState(ACTIVE, BACKUP, cause),
            new ReportState(BACKUP, INITIALIZE, new Cause.Stopped()));
    assertThat(Machine.active().at(late).faultRaised())
        .containsExactly(
            new Unbind(),
            new ReportState(ACTIVE, BACKUP, cause),
            new ReportState(BACKUP, FAULT, LINK_DOWN));
  }

  @Test
  void late_wake_judges_what_was_queued_as_a_backup_does() {
    Machine machine = Machine.active();
    machine.at(6_000).readsLate(LOWER_ADDRESS, 200, Duration.ofMillis(5_900));

    assertThat(machine.where()).isEqualTo(BACKUP);
    assertThat(machine.state().active()).isEqualTo(LOWER_ADDRESS);
    // The advert counts, but not its age: it arrived before this router listened.
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofSeconds(6).plus(DOWN));
  }

  @Test
  void late_wake_of_an_owner_listens_as_well() {
    Machine machine = Machine.v3(b -> b.priority(255));
    machine.start();
    machine.at(6_000).timer();

    assertThat(machine.where()).isEqualTo(BACKUP);
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofNanos(9_003_906_250L));
  }

  @Test
  void late_wake_counts_an_answer_to_a_lower_priority_as_an_advert() {
    Machine machine = Machine.active();
    machine.at(2_000).hears(HIGHER_ADDRESS, 99);
    machine.at(Duration.ofSeconds(2).plus(PATIENCE)).timer();

    assertThat(machine.where()).isEqualTo(ACTIVE);
  }

  @Test
  void a_backup_that_wakes_late_reads_what_was_queued_and_does_not_take_over() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 200);
    machine.at(9_300).readsLate(HIGHER_ADDRESS, 200, Duration.ofSeconds(9));

    assertThat(machine.timer()).isEmpty();
    assertThat(machine.where()).isEqualTo(BACKUP);
  }

  /** RFC 9568 and Keepalived set the timer to Skew_Time each time, also to a later moment. */
  @Test
  void a_stream_of_resignations_does_not_postpone_the_takeover() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 0);
    Duration due = machine.activeDownAt();
    for (long at = 1_100; at <= 1_600; at += 100) {
      machine.at(at).hears(LOWER_ADDRESS, 0);
      assertThat(machine.activeDownAt()).isEqualTo(due);
    }
  }

  @Test
  void a_resignation_shortly_before_the_takeover_does_not_postpone_it() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(3_600).hears(HIGHER_ADDRESS, 0);

    assertThat(machine.activeDownAt()).isEqualTo(DOWN);
  }

  /** A queue that overflows keeps its oldest packets; their age is no proof of silence. */
  @Test
  void what_was_received_before_listening_began_shortens_nothing() {
    Machine machine = Machine.active();
    machine.at(60_000).readsLate(LOWER_ADDRESS, 200, Duration.ofSeconds(4));
    machine.readsLate(LOWER_ADDRESS, 200, Duration.ofSeconds(5));
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofSeconds(60).plus(DOWN));

    machine.readsLate(LOWER_ADDRESS, 0, Duration.ofMillis(5_500));
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofSeconds(60).plusNanos(609_375_000L));
  }

  @Test
  void a_backup_that_wakes_late_listens_for_one_more_interval_and_the_skew() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(DOWN.plusMillis(1_001));
    assertThat(machine.timer()).isEmpty();
    assertThat(machine.where()).isEqualTo(BACKUP);
    Duration due = DOWN.plusMillis(1_001).plusNanos(1_609_375_000L);
    assertThat(machine.activeDownAt()).isEqualTo(due);

    assertThat(machine.at(due).timer()).contains(new SendAdvert(100));
  }

  @Test
  void a_backup_that_is_late_by_an_interval_takes_over() {
    Machine machine = Machine.v3();
    machine.start();

    assertThat(machine.at(DOWN.plusMillis(1_000)).timer()).contains(new SendAdvert(100));
  }

  @Test
  void a_holder_whose_host_slept_longer_than_its_peers_are_patient_stands_down_before_it_speaks() {
    Machine machine = Machine.active();
    Duration slept = PATIENCE.minusMillis(200).plusNanos(1);

    assertThat(machine.at(200).give(new Input.Slept(slept.toNanos())))
        .containsExactly(
            new Unbind(),
            new ReportState(ACTIVE, BACKUP, new Cause.LateWake(PATIENCE.plusNanos(1))));
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(200).plus(DOWN));
  }

  @Test
  void a_holder_whose_host_slept_shortly_sends_the_advert_that_is_overdue() {
    Machine machine = Machine.active();

    assertThat(machine.at(200).give(new Input.Slept(PATIENCE.minusMillis(200).toNanos())))
        .isEmpty();
    assertThat(machine.timer()).containsExactly(new SendAdvert(100));
    assertThat(machine.where()).isEqualTo(ACTIVE);
  }

  @Test
  void a_backup_whose_host_slept_listens_anew_for_the_whole_interval() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 200);
    machine.at(1_500).give(new Input.Slept(Duration.ofHours(8).toNanos()));

    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(1_500).plus(DOWN));
    assertThat(machine.nextDeadline()).isEqualTo(machine.activeDownAt());
  }

  @Test
  void a_claim_does_not_outlast_a_sleep() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 200);
    machine.at(2_000).hears(HIGHER_ADDRESS, 0);
    machine.at(2_001).give(new Input.Slept(1));

    assertThat(machine.nextDeadline()).isEqualTo(Duration.ofMillis(2_001).plus(DOWN));
  }

  /** What was queued while nobody listened tells nothing of how long the member has been heard. */
  @Test
  void a_preemption_delay_begins_when_the_router_begins_to_listen() {
    Machine machine = Machine.active(b -> b.preemption(new Preemption.After(ofSeconds(4))));
    machine.at(60_000).readsLate(LOWER_ADDRESS, 50, ofSeconds(4));
    machine.readsLate(LOWER_ADDRESS, 50, ofSeconds(59));
    machine.at(63_900).hears(LOWER_ADDRESS, 50);
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(63_900).plus(DOWN));

    machine.at(64_100).hears(LOWER_ADDRESS, 50);
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(63_900).plus(DOWN));
  }

  @Test
  void a_preemption_delay_begins_anew_in_a_router_that_woke_late() {
    Machine machine = Machine.v3(b -> b.preemption(new Preemption.After(ofSeconds(4))));
    machine.start();
    machine.at(1_000).hears(LOWER_ADDRESS, 50);
    machine.at(60_000).readsLate(LOWER_ADDRESS, 50, ofSeconds(20)); // the queue kept no later one
    assertThat(machine.timer()).isEmpty();
    machine.at(60_500).hears(LOWER_ADDRESS, 50);
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(60_500).plus(DOWN));

    machine.at(63_900).hears(LOWER_ADDRESS, 50);
    machine.at(64_100).hears(LOWER_ADDRESS, 50);
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(63_900).plus(DOWN));
  }

  /** Keepalived counts from the moment at which it reads the advert. */
  @Test
  void down_counts_from_the_time_of_receipt_by_the_host() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(2_000).readsLate(HIGHER_ADDRESS, 200, Duration.ofMillis(1_400));

    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(1_400).plus(DOWN));
    assertThat(machine.at(machine.activeDownAt()).timer())
        .contains(new ReportState(BACKUP, ACTIVE, new Cause.ActiveDown(DOWN)));
  }

  @Test
  void skew_counts_from_the_time_of_receipt_by_the_host() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(2_000).readsLate(HIGHER_ADDRESS, 0, Duration.ofMillis(1_400));

    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofNanos(2_009_375_000L));
  }

  @Test
  void yielding_counts_from_the_time_of_receipt_by_the_host() {
    Machine machine = Machine.active();
    machine.at(900).readsLate(LOWER_ADDRESS, 200, Duration.ofMillis(400));

    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(400).plus(DOWN));
  }

  private static int count(List<Machine.Timed> actions, Class<? extends Action> kind) {
    return Machine.Timed.millisOf(actions, kind).size();
  }
}

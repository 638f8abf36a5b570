package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.core.election.Machine.HIGHER_ADDRESS;
import static io.havip.core.election.Machine.LOWER_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.Preemption;
import io.havip.core.election.Action.ReportState;
import io.havip.core.election.Action.SendAdvert;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Preempt, nopreempt and the preemption delay. */
class ElectionPreemptionTest {

  private static final Duration DOWN = Duration.ofNanos(3_609_375_000L);
  private static final Duration DELAY = Duration.ofSeconds(10);

  private static Machine delayed() {
    Machine machine = Machine.v3(b -> b.preemption(new Preemption.After(DELAY)));
    machine.start();
    return machine;
  }

  /** Adverts each second from the given one until the router takes over; returns when it does. */
  private static Duration takeoverFromLive(Machine machine, int priority, long firstSecond) {
    for (long second = firstSecond; second < firstSecond + 60; second++) {
      var actions = machine.runTo(Duration.ofSeconds(second).minusNanos(1));
      if (machine.where() == ACTIVE) {
        return actions.getFirst().at();
      }
      machine.at(Duration.ofSeconds(second)).hears(HIGHER_ADDRESS, priority);
    }
    throw new AssertionError("no takeover in a minute");
  }

  @Test
  void preempt_takes_over_from_a_live_lower_one_when_the_running_timer_ends() {
    Machine machine = Machine.v3();
    machine.start();

    assertThat(takeoverFromLive(machine, 99, 1)).isEqualTo(DOWN);
  }

  @Test
  void preempt_after_the_higher_one_was_replaced_by_a_lower_one_takes_at_most_down() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(1_000).hears(LOWER_ADDRESS, 200);

    assertThat(takeoverFromLive(machine, 50, 2)).isEqualTo(DOWN.plusSeconds(1));
  }

  @Test
  void preempting_a_live_member_is_not_called_its_silence() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(3_000).hears(HIGHER_ADDRESS, 99);

    assertThat(machine.at(DOWN).timer())
        .contains(new ReportState(BACKUP, ACTIVE, new Cause.Preempted(HIGHER_ADDRESS, 99)));
  }

  @Test
  void a_lower_one_that_fell_silent_is_not_preempted() {
    Machine machine = Machine.v3(b -> b.downMultiplier(10));
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 99, Duration.ofMillis(100));
    Duration due = machine.activeDownAt();

    assertThat(machine.at(due).timer())
        .contains(new ReportState(BACKUP, ACTIVE, new Cause.ActiveDown(due)));
  }

  @Test
  void nopreempt_accepts_a_lower_one_for_as_long_as_it_lives() {
    Machine machine = Machine.v3(b -> b.preemption(Preemption.NEVER));
    machine.start();
    for (int second = 1; second <= 100; second++) {
      assertThat(machine.runTo(Duration.ofSeconds(second))).isEmpty();
      assertThat(machine.hears(HIGHER_ADDRESS, 1)).isEmpty();
    }

    assertThat(machine.where()).isEqualTo(BACKUP);
    assertThat(machine.activeDownAt()).isEqualTo(DOWN.plusSeconds(100));
  }

  @Test
  void nopreempt_takes_over_when_the_lower_one_falls_silent() {
    Machine machine = Machine.v3(b -> b.preemption(Preemption.NEVER));
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 50);
    machine.runTo(DOWN.plusSeconds(1));

    assertThat(machine.where()).isEqualTo(ACTIVE);
  }

  @Test
  void nopreempt_takes_over_in_skew_when_the_lower_one_resigns() {
    Machine machine = Machine.v3(b -> b.preemption(Preemption.NEVER));
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 50);
    machine.at(2_000).hears(HIGHER_ADDRESS, 0);

    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofNanos(2_609_375_000L));
  }

  @Test
  void nopreempt_does_not_stop_a_router_that_left_fault_and_hears_nothing() {
    Machine machine = Machine.v3(b -> b.preemption(Preemption.NEVER));
    machine.start();
    machine.at(100).faultRaised();
    machine.at(1_000).faultCleared();
    machine.runTo(DOWN.plusSeconds(1));

    assertThat(machine.where()).isEqualTo(ACTIVE);
  }

  @Test
  void nopreempt_does_not_make_an_active_router_yield_to_a_lower_one() {
    Machine machine = Machine.active(b -> b.preemption(Preemption.NEVER));
    machine.at(500).hears(HIGHER_ADDRESS, 99);

    assertThat(machine.where()).isEqualTo(ACTIVE);
  }

  @Test
  void nopreempt_an_active_router_still_yields_to_a_higher_one() {
    Machine machine = Machine.active(b -> b.preemption(Preemption.NEVER));
    machine.at(500).hears(HIGHER_ADDRESS, 101);

    assertThat(machine.where()).isEqualTo(BACKUP);
  }

  @Test
  void preempt_delay_starts_with_the_first_lower_advert_and_accepts_meanwhile() {
    Machine machine = delayed();
    machine.at(1_000).hears(HIGHER_ADDRESS, 50);

    assertThat(machine.state().preemptAt() - machine.state().listenedSince())
        .isEqualTo(DELAY.toNanos());
    assertThat(machine.activeDownAt()).isEqualTo(DOWN.plusSeconds(1));

    long started = machine.state().preemptAt();
    machine.at(2_000).hears(HIGHER_ADDRESS, 50);
    assertThat(machine.state().preemptAt()).isEqualTo(started);
    assertThat(machine.activeDownAt()).isEqualTo(DOWN.plusSeconds(2));
  }

  @Test
  void preempt_delay_over_the_adverts_are_ignored_and_the_running_timer_ends_in_preemption() {
    // Heard first at 1 s, so adverts count until 11 s, exclusive; the last that does is at 10 s.
    assertThat(takeoverFromLive(delayed(), 50, 1)).isEqualTo(DOWN.plusSeconds(10));
  }

  @Test
  void preempt_delay_is_cancelled_by_a_higher_advert_and_starts_anew() {
    Machine machine = delayed();
    machine.at(1_000).hears(HIGHER_ADDRESS, 50);
    machine.at(2_000).hears(LOWER_ADDRESS, 200);
    assertThat(machine.state().preemptAt()).isEqualTo(ElectionState.NEVER);

    assertThat(takeoverFromLive(machine, 50, 3)).isEqualTo(DOWN.plusSeconds(12));
  }

  @Test
  void preempt_delay_is_cancelled_by_an_equal_advert() {
    Machine machine = delayed();
    machine.at(1_000).hears(HIGHER_ADDRESS, 50);
    machine.at(2_000).hears(LOWER_ADDRESS, 100);

    assertThat(machine.state().preemptAt()).isEqualTo(ElectionState.NEVER);
  }

  @Test
  void preempt_delay_never_shortens_down() {
    Machine machine = Machine.v3(b -> b.preemption(new Preemption.After(Duration.ofNanos(1))));
    machine.start();

    assertThat(takeoverFromLive(machine, 50, 1)).isEqualTo(DOWN.plusSeconds(1));
  }

  @Test
  void preempt_delay_does_not_wait_for_a_dead_one() {
    Machine machine = delayed();
    machine.at(1_000).hears(HIGHER_ADDRESS, 50);
    machine.runTo(DOWN.plusSeconds(1));

    assertThat(machine.where()).isEqualTo(ACTIVE);
    assertThat(machine.state().preemptAt()).isEqualTo(ElectionState.NEVER);
  }

  @Test
  void preempt_delay_does_not_wait_for_one_that_resigned() {
    Machine machine = delayed();
    machine.at(1_000).hears(HIGHER_ADDRESS, 50);
    machine.at(1_500).hears(HIGHER_ADDRESS, 0);

    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofNanos(2_109_375_000L));
  }

  @Test
  void preempt_delay_ends_with_fault_and_starts_anew() {
    Machine machine = delayed();
    machine.at(1_000).hears(HIGHER_ADDRESS, 50);
    machine.at(2_000).faultRaised();
    assertThat(machine.state().preemptAt()).isEqualTo(ElectionState.NEVER);
    machine.at(3_000).faultCleared();

    assertThat(takeoverFromLive(machine, 50, 4)).isEqualTo(DOWN.plusSeconds(13));
  }

  @Test
  void preempt_delay_is_no_deadline_of_its_own() {
    Machine machine = Machine.v3(b -> b.preemption(new Preemption.After(Duration.ofSeconds(2))));
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 50);

    assertThat(machine.nextDeadline()).isEqualTo(machine.activeDownAt());
  }

  @Test
  void owner_255_is_not_kept_from_preempting_by_nopreempt() {
    Machine machine = Machine.v3(b -> b.priority(255).preemption(Preemption.NEVER));
    machine.start();
    machine.at(9_000).timer(); // woke late and listens
    assertThat(machine.where()).isEqualTo(BACKUP);
    Duration due = machine.activeDownAt();
    machine.at(9_100).hears(HIGHER_ADDRESS, 254);

    assertThat(machine.activeDownAt()).isEqualTo(due);
  }

  /**
   * Keepalived 2.2.7 drops to 254 for good, HEAD lets the higher address wait before it yields; a
   * comparison of the addresses decides at once and for ever.
   */
  @Test
  void deviation_of_two_owners_255_the_higher_address_stays_and_the_lower_one_yields() {
    Machine stays = Machine.v3(b -> b.priority(255));
    stays.start();
    stays.at(100).hears(LOWER_ADDRESS, 255);
    assertThat(stays.where()).isEqualTo(ACTIVE);

    Machine yields = Machine.v3(b -> b.priority(255));
    yields.start();
    assertThat(yields.at(100).hears(HIGHER_ADDRESS, 255))
        .contains(new ReportState(ACTIVE, BACKUP, new Cause.HigherAddress(HIGHER_ADDRESS, 255)));
    assertThat(yields.state().priority()).isEqualTo(255);
  }

  @Test
  void owner_255_answers_every_other_priority() {
    Machine machine = Machine.v3(b -> b.priority(255));
    machine.start();

    assertThat(machine.at(100).hears(HIGHER_ADDRESS, 254)).contains(new SendAdvert(255));
    assertThat(machine.where()).isEqualTo(ACTIVE);
  }
}

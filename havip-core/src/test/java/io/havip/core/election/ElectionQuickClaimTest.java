package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.core.election.ElectionState.NEVER;
import static io.havip.core.election.Machine.HIGHER_ADDRESS;
import static io.havip.core.election.Machine.LOWER_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Announcements;
import io.havip.Cause;
import io.havip.Preemption;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.election.Action.Announce;
import io.havip.core.election.Action.Bind;
import io.havip.core.election.Action.Prepare;
import io.havip.core.election.Action.Probe;
import io.havip.core.election.Action.ReportState;
import io.havip.core.election.Action.SendAdvert;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The short way from a resignation to a takeover, and everything that leaves the RFC in force. */
class ElectionQuickClaimTest {

  private static final Duration RESIGNED = Duration.ofSeconds(2);
  private static final Duration ROUND_TRIP = Duration.ofMillis(3);
  private static final Duration SKEW = Duration.ofNanos(609_375_000);

  /** 1 ms for each doubling of 1 + 100. */
  private static final Duration RANK = Duration.ofNanos(6_578_125);

  private static final Duration ASKED = RESIGNED.plus(RANK);
  private static final Duration SILENT = ASKED.plus(ROUND_TRIP);
  private static final Cause PEER_RESIGNED = new Cause.PeerResigned(HIGHER_ADDRESS);

  /** Priority 100, which heard a member of priority 200 until it resigned. */
  private static Machine resignedTo(UnaryOperator<VirtualRouterConfigBuilder> change) {
    Machine machine = Machine.v3(change);
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 200);
    assertThat(machine.at(RESIGNED).hears(HIGHER_ADDRESS, 0)).isEmpty();
    return machine;
  }

  private static Machine resignedTo() {
    return resignedTo(b -> b);
  }

  private static Machine asking() {
    Machine machine = resignedTo();
    assertThat(machine.at(ASKED).timer()).hasSize(1).allMatch(Probe.class::isInstance);
    return machine;
  }

  @Test
  void a_resignation_is_followed_by_a_question_after_the_rank_and_by_a_claim_after_silence() {
    Machine machine = resignedTo();
    assertThat(machine.nextDeadline()).isEqualTo(ASKED);

    assertThat(machine.at(ASKED).timer()).containsExactly(new Probe(machine.clock(SILENT)));
    assertThat(machine.at(SILENT).give(new Input.Probed(false)))
        .containsExactly(new SendAdvert(100), new ReportState(BACKUP, ACTIVE, PEER_RESIGNED));
    assertThat(machine.nextDeadline()).isEqualTo(SILENT.plus(ROUND_TRIP));
    assertThat(machine.at(SILENT.plus(ROUND_TRIP)).timer())
        .containsExactly(new Bind(), new Announce(Announcements.DEFAULT.repeat()));
    assertThat(machine.advertAt()).isEqualTo(SILENT.plusSeconds(1));
  }

  @Test
  void the_best_member_asks_first_and_one_as_good_as_the_leaver_at_once() {
    long roundTrip = ROUND_TRIP.toNanos();
    for (int own = 2; own <= 200; own++) {
      assertThat(QuickClaim.rank(roundTrip, 200, own))
          .isLessThan(QuickClaim.rank(roundTrip, 200, own - 1));
    }
    assertThat(QuickClaim.rank(roundTrip, 200, 200)).isZero();
    assertThat(QuickClaim.rank(roundTrip, 100, 254)).isZero();
    assertThat(QuickClaim.rank(roundTrip, 255, 1)).isLessThan(3 * roundTrip);
    Machine equal = Machine.v3();
    equal.start();
    equal.at(1_000).hears(HIGHER_ADDRESS, 100);
    assertThat(equal.at(RESIGNED).hears(HIGHER_ADDRESS, 0))
        .containsExactly(new Probe(equal.clock(RESIGNED.plus(ROUND_TRIP))));
  }

  @Test
  void an_answer_leaves_the_skew_in_force() {
    Machine machine = asking();

    assertThat(machine.at(ASKED.plusMillis(1)).give(new Input.Probed(true))).isEmpty();
    assertThat(machine.nextDeadline()).isEqualTo(RESIGNED.plus(SKEW));
    assertThat(machine.at(SILENT).give(new Input.Probed(false))).isEmpty();
    assertThat(machine.at(RESIGNED.plus(SKEW)).timer()).contains(new Bind());
  }

  @Test
  void an_advert_stops_the_claim_while_the_rank_is_waited_for() {
    Machine machine = resignedTo();
    machine.at(RESIGNED.plusMillis(1)).hears(LOWER_ADDRESS, 150);

    assertThat(machine.nextDeadline()).isEqualTo(RESIGNED.plusMillis(1).plusSeconds(3).plus(SKEW));
  }

  @Test
  void an_advert_stops_the_claim_while_the_link_is_asked() {
    Machine machine = asking();
    machine.at(ASKED.plusMillis(1)).hears(HIGHER_ADDRESS, 200);

    assertThat(machine.at(SILENT).give(new Input.Probed(false))).isEmpty();
    assertThat(machine.where()).isEqualTo(BACKUP);
  }

  @Test
  void an_advert_of_lower_priority_stops_the_claim_as_well_and_leaves_the_skew_in_force() {
    Machine machine = asking();
    machine.at(ASKED.plusMillis(1)).hears(LOWER_ADDRESS, 50);

    assertThat(machine.at(SILENT).give(new Input.Probed(false))).isEmpty();
    assertThat(machine.nextDeadline()).isEqualTo(RESIGNED.plus(SKEW));
  }

  @Test
  void a_better_member_that_claimed_at_the_same_moment_is_yielded_to_before_anything_is_bound() {
    Machine machine = asking();
    machine.at(SILENT).give(new Input.Probed(false));

    assertThat(machine.at(SILENT.plusMillis(2)).hears(LOWER_ADDRESS, 150))
        .containsExactly(
            new SendAdvert(100),
            new ReportState(ACTIVE, BACKUP, new Cause.HigherPriority(LOWER_ADDRESS, 150)));
    assertThat(machine.runTo(SILENT.plusSeconds(3))).isEmpty();
  }

  @Test
  void a_worse_member_that_claimed_at_the_same_moment_is_answered_and_does_not_delay() {
    Machine machine = asking();
    machine.at(SILENT).give(new Input.Probed(false));
    machine.at(SILENT.plusMillis(2)).hears(LOWER_ADDRESS, 50);

    assertThat(machine.at(SILENT.plus(ROUND_TRIP)).timer()).contains(new Bind());
  }

  @Test
  void the_resignation_of_another_than_the_active_member_begins_no_claim() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 200);
    machine.at(RESIGNED).hears(LOWER_ADDRESS, 0);

    assertThat(machine.nextDeadline()).isEqualTo(RESIGNED.plus(SKEW));
  }

  @Test
  void a_second_resignation_neither_restarts_nor_repeats_the_question() {
    Machine machine = resignedTo();
    machine.at(RESIGNED.plusMillis(1)).hears(HIGHER_ADDRESS, 0);
    assertThat(machine.nextDeadline()).isEqualTo(ASKED);
    machine.at(ASKED).timer();
    assertThat(machine.at(ASKED.plusMillis(1)).hears(HIGHER_ADDRESS, 0)).isEmpty();

    assertThat(machine.at(SILENT).give(new Input.Probed(false))).contains(new SendAdvert(100));
  }

  /** A forger asks for nothing more often than the live member advertises. */
  @Test
  void a_stream_of_resignations_asks_once_for_each_advert_and_postpones_nothing() {
    Machine machine = asking();
    machine.at(ASKED.plusMillis(1)).give(new Input.Probed(true));
    for (int i = 2; i < 600; i++) {
      assertThat(machine.at(ASKED.plusMillis(i)).hears(HIGHER_ADDRESS, 0)).isEmpty();
      assertThat(machine.nextDeadline()).isEqualTo(RESIGNED.plus(SKEW));
    }
  }

  @Test
  void a_probe_that_ends_in_silence_before_its_time_was_not_asked_and_proves_nothing() {
    Machine machine = asking();

    assertThat(machine.at(ASKED.plusMillis(1)).give(new Input.Probed(false))).isEmpty();
    assertThat(machine.nextDeadline()).isEqualTo(RESIGNED.plus(SKEW));
  }

  @Test
  void a_claim_is_never_later_than_by_the_skew() {
    Machine fast = Machine.v3(b -> b.advertInterval(Duration.ofMillis(20)));
    fast.start();
    fast.at(10).hears(HIGHER_ADDRESS, 200);
    fast.at(20).hears(HIGHER_ADDRESS, 0);
    Duration skew = Duration.ofNanos(12_187_500);
    Duration asked = Duration.ofMillis(20).plus(RANK);
    fast.at(asked).timer();
    fast.at(asked.plus(ROUND_TRIP)).give(new Input.Probed(false));
    assertThat(fast.where()).isEqualTo(ACTIVE);
    assertThat(fast.nextDeadline()).isEqualTo(Duration.ofMillis(20).plus(skew));

    Machine faster = Machine.v3(b -> b.advertInterval(Duration.ofMillis(10)));
    faster.start();
    faster.at(10).hears(HIGHER_ADDRESS, 200);
    faster.at(20).hears(HIGHER_ADDRESS, 0);
    assertThat(Machine.Timed.millisOf(faster.runTo(30), Probe.class)).isEmpty();
    assertThat(faster.where()).isEqualTo(ACTIVE);
  }

  @Test
  void silence_that_is_reported_after_the_skew_leaves_the_word_to_the_timer() {
    Machine machine = asking();
    Duration late = RESIGNED.plus(SKEW).plusSeconds(5);

    assertThat(machine.at(late).give(new Input.Probed(false))).isEmpty();
    assertThat(machine.timer()).isEmpty();
    assertThat(machine.where()).isEqualTo(BACKUP);
  }

  @Test
  void a_resignation_that_is_read_late_is_followed_by_a_question_of_now() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 200);

    assertThat(machine.at(RESIGNED.plusMillis(300)).readsLate(HIGHER_ADDRESS, 0, RESIGNED))
        .containsExactly(new Probe(machine.clock(RESIGNED.plusMillis(303))));
  }

  @Test
  void a_change_of_priority_leaves_the_skew_in_force() {
    Machine machine = resignedTo();
    machine.at(RESIGNED.plusMillis(1)).priorityChanged(50);

    assertThat(machine.nextDeadline()).isEqualTo(machine.activeDownAt());
  }

  @Test
  void the_application_prepares_after_the_rivals_have_been_heard() {
    Machine machine = resignedTo(b -> b.beforeServing(router -> {}, Duration.ofSeconds(5)));
    machine.at(ASKED).timer();
    assertThat(machine.at(SILENT).give(new Input.Probed(false)))
        .doesNotHaveAnyElementsOfTypes(Prepare.class);

    assertThat(machine.at(SILENT.plus(ROUND_TRIP)).timer()).containsExactly(new Prepare());
    assertThat(machine.prepared()).contains(new Bind());
  }

  /** Two that cannot prepare would hand the addresses to and fro every few milliseconds. */
  @Test
  void a_member_that_could_not_prepare_waits_its_skew_when_the_next_one_resigns() {
    Machine machine = resignedTo(b -> b.beforeServing(router -> {}, Duration.ofSeconds(5)));
    machine.at(ASKED).timer();
    machine.at(SILENT).give(new Input.Probed(false));
    machine.at(SILENT.plus(ROUND_TRIP)).timer();
    machine.at(2_100).prepareFailed("no disk");
    machine.at(2_200).hears(LOWER_ADDRESS, 50);
    machine.at(2_300).hears(LOWER_ADDRESS, 0);

    assertThat(machine.nextDeadline()).isEqualTo(Duration.ofMillis(2_300).plus(SKEW));
  }

  @Test
  void a_member_that_may_not_preempt_claims_as_well() {
    Machine machine = resignedTo(b -> b.preemption(Preemption.NEVER));
    machine.at(ASKED).timer();

    assertThat(machine.at(SILENT).give(new Input.Probed(false))).contains(new SendAdvert(100));
  }

  @Test
  void zero_waits_as_the_rfc_says_and_so_does_a_router_that_binds_nothing() {
    Duration due = RESIGNED.plus(SKEW);

    assertThat(resignedTo(b -> b.quickClaim(Duration.ZERO)).nextDeadline()).isEqualTo(due);
    assertThat(resignedTo(b -> b.localAddresses(false)).nextDeadline()).isEqualTo(due);
  }

  @Test
  void a_router_of_a_sync_group_is_ready_by_a_claim_and_contends_when_the_group_takes_over() {
    Machine machine = grouped();
    assertThat(machine.at(SILENT).give(new Input.Probed(false))).isEmpty();
    assertThat(machine.state().ready()).isTrue();

    assertThat(machine.at(SILENT.plusMillis(20)).give(new Input.GroupReady()))
        .containsExactly(new SendAdvert(100), new ReportState(BACKUP, ACTIVE, PEER_RESIGNED));
    assertThat(machine.at(SILENT.plusMillis(23)).timer()).contains(new Bind());
  }

  @Test
  void a_router_that_is_ready_by_a_claim_is_not_so_any_more_after_an_advert() {
    Machine machine = grouped();
    machine.at(SILENT).give(new Input.Probed(false));
    machine.at(SILENT.plusMillis(1)).hears(LOWER_ADDRESS, 50);

    assertThat(machine.state().ready()).isFalse();
    assertThat(machine.activeDownAt()).isEqualTo(RESIGNED.plus(SKEW));
  }

  @Test
  void a_group_that_is_ready_after_the_skew_need_not_contend() {
    Machine machine = grouped();
    machine.at(SILENT).give(new Input.Probed(false));
    assertThat(machine.nextDeadline()).isEqualTo(RESIGNED.plus(SKEW));
    machine.at(RESIGNED.plus(SKEW)).timer();
    assertThat(machine.state().nextDeadline()).isEqualTo(NEVER);

    assertThat(machine.at(RESIGNED.plus(SKEW)).give(new Input.GroupReady())).contains(new Bind());
  }

  private static Machine grouped() {
    Machine machine = Machine.grouped(b -> b);
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 200);
    machine.at(RESIGNED).hears(HIGHER_ADDRESS, 0);
    assertThat(machine.at(ASKED).timer()).isEqualTo(List.of(new Probe(machine.clock(SILENT))));
    return machine;
  }
}

package io.havip.core.election;

import static io.havip.core.election.Machine.HIGHER_ADDRESS;
import static io.havip.core.election.Machine.LOWER_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Announcements;
import io.havip.core.election.Action.Announce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When gratuitous ARPs and neighbour advertisements are sent. */
class ElectionAnnouncementTest {

  private static final Duration NONE = Duration.ZERO;

  private static Machine active(Announcements announcements) {
    return Machine.active(b -> b.announcements(announcements));
  }

  private static List<Long> rounds(List<Machine.Timed> actions) {
    return Machine.Timed.millisOf(actions, Announce.class);
  }

  @Test
  void second_round_follows_after_its_delay_once() {
    Machine machine = active(Announcements.DEFAULT);

    List<Machine.Timed> actions = machine.runTo(60_000);
    assertThat(rounds(actions)).containsExactly(5_000L);
    assertThat(actions).contains(new Machine.Timed(Duration.ofSeconds(5), new Announce(5)));
  }

  @Test
  void no_second_round_if_its_delay_is_zero() {
    Machine machine = active(new Announcements(3, NONE, NONE, 1, 0, NONE));

    assertThat(rounds(machine.runTo(60_000))).isEmpty();
  }

  @Test
  void repeat_of_a_round_is_the_configured_one() {
    Machine machine =
        Machine.v3(b ->
            b.announcements(
                new Announcements(7, Duration.ofSeconds(2), Duration.ofSeconds(9), 3, 0, NONE)));
    machine.start();
    List<Machine.Timed> actions = machine.runTo(13_000);

    assertThat(actions.stream().map(Machine.Timed::action).filter(Announce.class::isInstance))
        .containsExactly(new Announce(7), new Announce(7), new Announce(3));
  }

  @Test
  void refresh_repeats_for_as_long_as_the_router_is_active() {
    Machine machine = active(new Announcements(5, NONE, Duration.ofSeconds(10), 2, 0, NONE));

    List<Machine.Timed> actions = machine.runTo(35_000);
    assertThat(rounds(actions)).containsExactly(10_000L, 20_000L, 30_000L);
    assertThat(actions).contains(new Machine.Timed(Duration.ofSeconds(30), new Announce(2)));
  }

  /** In Keepalived HEAD each election starts one more series of refreshes. */
  @Test
  void deviation_refresh_is_a_single_series_after_many_elections() {
    Machine machine =
        active(new Announcements(5, Duration.ofSeconds(5), Duration.ofSeconds(10), 2, 0, NONE));
    for (int election = 0; election < 20; election++) {
      machine.at(election * 5_000L).hears(HIGHER_ADDRESS, 101);
      machine.runTo(election * 5_000L + 4_900);
      assertThat(machine.state().holding()).isTrue();
    }
    machine.runTo(104_000);

    assertThat(rounds(machine.runTo(200_000))).hasSize(10);
  }

  @Test
  void no_round_is_left_over_after_the_router_yielded() {
    Machine machine =
        active(
            new Announcements(
                5, Duration.ofSeconds(5), Duration.ofSeconds(10), 2, 5, Duration.ofSeconds(5)));
    machine.at(100).hears(HIGHER_ADDRESS, 99);
    machine.at(200).hears(HIGHER_ADDRESS, 101);

    List<Long> rounds = new ArrayList<>();
    for (long at = 1_000; at <= 30_000; at += 1_000) {
      rounds.addAll(rounds(machine.runTo(at)));
      machine.hears(HIGHER_ADDRESS, 101);
    }
    assertThat(rounds).isEmpty();
  }

  @Test
  void lower_priority_round_is_at_once_and_again_after_its_delay() {
    Machine machine = active(new Announcements(5, NONE, NONE, 1, 4, Duration.ofSeconds(3)));

    assertThat(machine.at(500).hears(HIGHER_ADDRESS, 99)).contains(new Announce(4));
    assertThat(machine.runTo(60_000))
        .filteredOn(t -> t.action() instanceof Announce)
        .containsExactly(new Machine.Timed(Duration.ofMillis(3_500), new Announce(4)));
  }

  @Test
  void lower_priority_round_is_not_postponed_by_more_such_adverts() {
    Machine machine = active(new Announcements(5, NONE, NONE, 1, 4, Duration.ofSeconds(3)));
    machine.at(500).hears(HIGHER_ADDRESS, 99);
    machine.runTo(2_500);
    machine.hears(HIGHER_ADDRESS, 99);

    assertThat(rounds(machine.runTo(60_000))).containsExactly(3_500L);
  }

  @Test
  void lower_priority_round_has_no_second_one_if_its_delay_is_zero() {
    Machine machine = active(new Announcements(5, NONE, NONE, 1, 4, NONE));

    assertThat(machine.at(500).hears(HIGHER_ADDRESS, 99)).contains(new Announce(4));
    assertThat(rounds(machine.runTo(60_000))).isEmpty();
  }

  @Test
  void lower_priority_round_is_left_out_if_its_repeat_is_zero() {
    Machine machine = active(new Announcements(5, NONE, NONE, 1, 0, Duration.ofSeconds(3)));

    assertThat(machine.at(500).hears(HIGHER_ADDRESS, 99))
        .doesNotHaveAnyElementsOfTypes(Announce.class);
    assertThat(rounds(machine.runTo(60_000))).isEmpty();
  }

  @Test
  void an_equal_priority_of_a_lower_address_is_announced_against_too() {
    Machine machine = active(Announcements.DEFAULT);

    assertThat(machine.at(500).hears(LOWER_ADDRESS, 100)).contains(new Announce(5));
  }

  @Test
  void a_resignation_heard_while_active_is_not_announced_against() {
    Machine machine = active(Announcements.DEFAULT);

    assertThat(machine.at(500).hears(HIGHER_ADDRESS, 0))
        .doesNotHaveAnyElementsOfTypes(Announce.class);
  }
}

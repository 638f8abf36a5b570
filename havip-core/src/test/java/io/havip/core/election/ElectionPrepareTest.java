package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static io.havip.RouterState.INITIALIZE;
import static io.havip.core.election.Machine.HIGHER_ADDRESS;
import static io.havip.core.election.Machine.LOWER_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.core.election.Action.Announce;
import io.havip.core.election.Action.Bind;
import io.havip.core.election.Action.CancelPrepare;
import io.havip.core.election.Action.Prepare;
import io.havip.core.election.Action.ReportLowerPriority;
import io.havip.core.election.Action.ReportState;
import io.havip.core.election.Action.SendAdvert;
import io.havip.core.election.Action.Unbind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the application does before the addresses are bound. */
class ElectionPrepareTest {

  private static final Duration DOWN = Duration.ofNanos(3_609_375_000L);

  private static Machine preparing() {
    return Machine.active(b -> b.beforeServing(router -> {}, Duration.ofSeconds(10)));
  }

  @Test
  void takeover_sends_an_advert_reports_and_prepares_but_binds_nothing() {
    Machine machine = Machine.v3(b -> b.beforeServing(router -> {}, Duration.ofSeconds(10)));
    machine.start();

    assertThat(machine.at(DOWN).timer())
        .containsExactly(
            new SendAdvert(100),
            new ReportState(BACKUP, ACTIVE, new Cause.ActiveDown(DOWN)),
            new Prepare());
    assertThat(machine.state().holding()).isFalse();
  }

  @Test
  void adverts_go_on_meanwhile() {
    List<Machine.Timed> actions = preparing().runTo(3_000);

    assertThat(actions)
        .containsExactly(
            new Machine.Timed(Duration.ofSeconds(1), new SendAdvert(100)),
            new Machine.Timed(Duration.ofSeconds(2), new SendAdvert(100)),
            new Machine.Timed(Duration.ofSeconds(3), new SendAdvert(100)));
  }

  @Test
  void prepared_binds_and_announces() {
    Machine machine = preparing();
    machine.runTo(3_500);

    assertThat(machine.prepared()).containsExactly(new Bind(), new Announce(5));
    assertThat(machine.state().holding()).isTrue();
    assertThat(machine.advertAt()).isEqualTo(Duration.ofSeconds(4));
    assertThat(Machine.Timed.millisOf(machine.runTo(20_000), Announce.class))
        .containsExactly(8_500L);
  }

  @Test
  void prepared_twice_binds_once() {
    Machine machine = preparing();
    machine.at(500).prepared();

    assertThat(machine.prepared()).isEmpty();
    assertThat(machine.prepareFailed("too late to fail")).isEmpty();
    assertThat(machine.where()).isEqualTo(ACTIVE);
  }

  @Test
  void failed_resigns_and_listens() {
    Machine machine = preparing();

    assertThat(machine.at(500).prepareFailed("no quorum"))
        .containsExactly(
            new SendAdvert(0),
            new ReportState(ACTIVE, BACKUP, new Cause.PrepareFailed("no quorum")));
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(500).plus(DOWN));
  }

  @Test
  void timed_out_cancels_resigns_and_listens() {
    Machine machine = preparing();
    machine.runTo(9_900);

    List<Machine.Timed> actions = machine.runTo(10_000);
    assertThat(actions.stream().map(Machine.Timed::action))
        .containsExactly(
            new SendAdvert(100),
            new CancelPrepare(),
            new SendAdvert(0),
            new ReportState(
                ACTIVE, BACKUP, new Cause.PrepareFailed("it was not ready within PT10S")));
    assertThat(machine.state().prepareBy()).isEqualTo(ElectionState.NEVER);
    assertThat(machine.activeDownAt()).isEqualTo(DOWN.plusSeconds(10));
  }

  @Test
  void timed_out_between_two_adverts_is_noticed_at_its_time() {
    Machine machine = Machine.active(b -> b.beforeServing(router -> {}, Duration.ofMillis(1_500)));

    assertThat(machine.runTo(5_000).getLast().at()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(machine.where()).isEqualTo(BACKUP);
  }

  @Test
  void lost_to_a_higher_priority_while_preparing_cancels_and_unbinds_nothing() {
    Machine machine = preparing();

    assertThat(machine.at(500).hears(HIGHER_ADDRESS, 200))
        .containsExactly(
            new SendAdvert(100),
            new CancelPrepare(),
            new ReportState(ACTIVE, BACKUP, new Cause.HigherPriority(HIGHER_ADDRESS, 200)));
    assertThat(machine.at(600).prepared()).isEmpty();
    assertThat(machine.state().holding()).isFalse();
  }

  @Test
  void fault_while_preparing_cancels_and_resigns() {
    Machine machine = preparing();

    assertThat(machine.at(500).faultRaised())
        .containsExactly(
            new CancelPrepare(),
            new SendAdvert(0),
            new ReportState(ACTIVE, FAULT, new Cause.FaultRaised("interface eth0 is down")));
  }

  @Test
  void shutdown_while_preparing_cancels_and_resigns() {
    Machine machine = preparing();

    assertThat(machine.at(500).shutdown())
        .containsExactly(
            new CancelPrepare(),
            new SendAdvert(0),
            new ReportState(ACTIVE, INITIALIZE, new Cause.Stopped()));
  }

  @Test
  void late_wake_while_preparing_cancels_and_says_nothing() {
    Machine machine = preparing();

    assertThat(machine.at(4_000).prepared())
        .containsExactly(
            new CancelPrepare(),
            new ReportState(ACTIVE, BACKUP, new Cause.LateWake(Duration.ofSeconds(4))));
  }

  @Test
  void a_lower_priority_heard_while_preparing_is_answered_but_not_announced_against() {
    Machine machine = preparing();

    assertThat(machine.at(500).hears(LOWER_ADDRESS, 99))
        .containsExactly(new ReportLowerPriority(LOWER_ADDRESS, 99), new SendAdvert(100));
  }

  @Test
  void the_application_prepares_anew_after_a_failure() {
    Machine machine = preparing();
    machine.at(500).prepareFailed("no quorum");

    assertThat(machine.runTo(Duration.ofMillis(500).plus(DOWN)).stream().map(Machine.Timed::action))
        .contains(new Prepare());
  }

  @Test
  void an_owner_prepares_as_well() {
    Machine machine =
        Machine.v3(b -> b.priority(255).beforeServing(router -> {}, Duration.ofSeconds(10)));

    assertThat(machine.start())
        .containsExactly(
            new SendAdvert(255),
            new ReportState(INITIALIZE, ACTIVE, new Cause.StartedAsOwner()),
            new Prepare());
  }

  @Test
  void leaving_after_the_preparation_unbinds_and_cancels_nothing() {
    Machine machine = preparing();
    machine.at(500).prepared();

    assertThat(machine.at(600).shutdown())
        .containsExactly(
            new Unbind(),
            new SendAdvert(0),
            new ReportState(ACTIVE, INITIALIZE, new Cause.Stopped()));
  }
}

package io.havip.core.cloud;

import static io.havip.core.cloud.Desk.OTHER;
import static io.havip.core.cloud.Desk.SECOND;
import static io.havip.core.cloud.Desk.done;
import static io.havip.core.cloud.Desk.failed;
import static io.havip.core.cloud.Desk.failure;
import static io.havip.core.cloud.Desk.here;
import static io.havip.core.cloud.Desk.nobody;
import static io.havip.core.cloud.Desk.only;
import static io.havip.core.cloud.Desk.partly;
import static io.havip.core.cloud.Desk.there;
import static io.havip.core.cloud.Desk.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverMode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The rules of the reconciler, one by one. */
class ReconcilerTest {

  @Test
  void anAtomicTakeover_isCalledAtOnce_andConfirmedByALook() {
    Desk desk = Desk.moving();
    desk.due();
    desk.see(there(7));
    desk.want(true);
    assertThat(desk.call())
        .isInstanceOfSatisfying(
            CloudCall.Takeover.class,
            t -> {
              assertThat(t.request().revision()).contains("r7");
              assertThat(t.request().epoch()).isEqualTo(8);
            });
    desk.end(done());
    assertThat(desk.call()).isInstanceOf(CloudCall.Describe.class);
    assertThat(desk.state.confirmed()).isFalse();
    List<Action> seen = desk.see(here(8));
    assertThat(only(seen, Action.ReportConfirmed.class))
        .containsExactly(new Action.ReportConfirmed(OptionalLong.of(8), Duration.ZERO));
  }

  @Test
  void aMappingFromBefore_isNoProofOfATakeover() {
    Desk desk = new Desk(Desk.move(false, false), false, Duration.ZERO);
    desk.want(true);
    desk.see(here(3));
    assertThat(desk.state.confirmed()).isFalse();
    assertThat(desk.call()).isInstanceOf(CloudCall.Takeover.class);
  }

  @Test
  void aCloudWithoutAtomicSteal_isLookedAtFirst_andBetweenTheTwoSteps() {
    Desk desk = new Desk(Desk.move(false, true), false, Duration.ZERO);
    desk.want(true);
    assertThat(desk.call()).isInstanceOf(CloudCall.Describe.class);
    desk.see(there(1));
    assertThat(desk.call()).isInstanceOf(CloudCall.Takeover.class);
    desk.end(partly());
    assertThat(desk.call()).isInstanceOf(CloudCall.Describe.class);
    desk.see(nobody());
    assertThat(desk.call()).isInstanceOf(CloudCall.Takeover.class);
    desk.end(done());
    desk.see(here(2));
    assertThat(desk.state.confirmed()).isTrue();
  }

  @Test
  void aMemberThatLostItsRole_stopsBetweenTheSteps() {
    Desk desk = new Desk(Desk.move(false, true), false, Duration.ZERO);
    desk.want(true);
    desk.see(there(1));
    desk.end(partly());
    int before = desk.actions.size();
    desk.want(false);
    desk.pass(Duration.ofMinutes(2));
    assertThat(only(desk.actions.subList(before, desk.actions.size()), Action.Call.class))
        .isNotEmpty()
        .noneMatch(c -> c.call().writes());
  }

  @Test
  void aPermitThatComesTooLate_isReturned() {
    Desk desk = Desk.moving();
    desk.due();
    desk.see(there(1));
    desk.permits = false;
    desk.want(true);
    assertThat(desk.state.phase()).isEqualTo(new Phase.Asking(true));
    desk.want(false);
    List<Action> actions = desk.input(new Input.Permitted());
    assertThat(actions).containsExactly(new Action.ReturnPermit());
  }

  @Test
  void afterAnUnknownOutcome_onlyALookIsLegal() {
    Desk desk = Desk.moving();
    desk.want(true);
    desk.end(failed(CloudFailureKind.UNAVAILABLE, CallOutcome.UNKNOWN));
    desk.due();
    assertThat(desk.call()).isInstanceOf(CloudCall.Describe.class);
    desk.see(unknown(CloudFailureKind.UNAVAILABLE));
    desk.due();
    assertThat(desk.call()).isInstanceOf(CloudCall.Describe.class);
    desk.see(there(1));
    assertThat(desk.call()).isInstanceOf(CloudCall.Takeover.class);
  }

  @Test
  void aTakeoverThatWorkedAlthoughItsReplyWasLost_isConfirmedByTheLook() {
    Desk desk = Desk.moving();
    desk.want(true);
    desk.end(failed(CloudFailureKind.TIMEOUT, CallOutcome.UNKNOWN));
    desk.due();
    desk.see(here(2));
    assertThat(desk.state.confirmed()).isTrue();
  }

  @Test
  void unknown_isNeitherMineNorAnothers() {
    Desk desk = Desk.moving();
    desk.want(true);
    desk.end(done());
    desk.see(here(2));
    desk.due();
    List<Action> actions = desk.see(unknown(CloudFailureKind.UNAVAILABLE));
    assertThat(desk.state.confirmed()).isTrue();
    assertThat(only(actions, Action.ReportHolder.class)).isEmpty();
    desk.due();
    assertThat(desk.call()).isInstanceOf(CloudCall.Describe.class);
  }

  @Test
  void aMappingTakenAway_isTakenBack() {
    Desk desk = Desk.moving();
    desk.want(true);
    desk.end(done());
    desk.see(here(2));
    desk.due();
    List<Action> actions = desk.see(there(3));
    assertThat(only(actions, Action.ReportHolder.class)).hasSize(1);
    assertThat(desk.call()).isInstanceOf(CloudCall.Takeover.class);
  }

  @Test
  void anOutdatedLookAfterATakeover_isGivenTheTimeTheCloudNeeds() {
    Desk desk = Desk.moving();
    desk.want(true);
    desk.end(done());
    long began = desk.now;
    while (desk.call() instanceof CloudCall.Describe) {
      desk.see(there(1));
      if (desk.call() == null) {
        desk.due();
      }
    }
    assertThat(desk.call()).isInstanceOf(CloudCall.Takeover.class);
    assertThat(desk.now - began).isBetween(3 * SECOND, 3 * SECOND + SECOND / 2);
  }

  @Test
  void aSlowLook_doesNotKeepATakeoverWaiting() {
    Desk desk = Desk.moving();
    desk.due();
    List<Action> actions = desk.want(true);
    assertThat(actions).contains(new Action.Cancel(1));
    assertThat(desk.call()).isInstanceOf(CloudCall.Takeover.class);
  }

  @Test
  void aTakeoverThatIsRunningWhenTheRoleEnds_isCancelled_andLookedAfter() {
    Desk desk = Desk.moving();
    desk.want(true);
    List<Action> actions = desk.want(false);
    assertThat(actions).contains(new Action.Cancel(1));
    assertThat(desk.call()).isInstanceOf(CloudCall.Describe.class);
    List<Action> late = desk.input(new Input.Ended(1, done()));
    assertThat(late).isEmpty();
  }

  @Test
  void aMappingThatIsNotWanted_isRelinquishedOnlyIfConfigured_andOnlyIfSeenHere() {
    for (boolean relinquish : List.of(true, false)) {
      Desk desk = new Desk(Desk.move(true, false), relinquish, Duration.ZERO);
      desk.due();
      desk.see(there(1));
      assertThat(desk.call()).isNull();
      desk.due();
      desk.see(here(2));
      if (relinquish) {
        assertThat(desk.call()).isInstanceOf(CloudCall.Relinquish.class);
      } else {
        assertThat(desk.call()).isNull();
      }
    }
  }

  @Test
  void failures_areRetriedMoreAndMoreSlowly_andHopelessOnesRarely() {
    Desk desk = Desk.moving();
    desk.want(true);
    long before = desk.now;
    for (long wait : List.of(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L)) {
      desk.end(failed(CloudFailureKind.UNAVAILABLE, CallOutcome.NOT_APPLIED));
      while (desk.call() == null) {
        desk.due();
      }
      assertThat(desk.now - before).isEqualTo(wait * Desk.MS);
      before = desk.now;
    }
    desk.end(failed(CloudFailureKind.FORBIDDEN, CallOutcome.NOT_APPLIED));
    while (desk.call() == null) {
      desk.due();
    }
    assertThat(desk.now - before).isEqualTo(30 * SECOND);
  }

  @Test
  void theTimeThatTheCloudAsksToWait_isWaited_alsoByANewHolder() {
    Desk desk = Desk.moving();
    desk.due();
    Duration asked = Duration.ofMinutes(3);
    desk.see(
        new Observation.Unknown(
            failure(CloudFailureKind.THROTTLED, CallOutcome.NOT_APPLIED).after(asked)));
    desk.want(true);
    assertThat(desk.call()).isNull();
    while (desk.call() == null) {
      desk.due();
    }
    assertThat(desk.now).isEqualTo(asked.toNanos());
  }

  @Test
  void aConflict_meansLookingAtOnce_butNotForEver() {
    Desk desk = new Desk(Desk.move(true, true), false, Duration.ZERO);
    desk.due();
    desk.see(there(1));
    desk.want(true);
    desk.end(failed(CloudFailureKind.CONFLICT, CallOutcome.NOT_APPLIED));
    assertThat(desk.call()).isInstanceOf(CloudCall.Describe.class);
    desk.see(there(2));
    assertThat(desk.call())
        .isInstanceOfSatisfying(
            CloudCall.Takeover.class, t -> assertThat(t.request().revision()).contains("r2"));
  }

  @Test
  void aCallWithoutAnEnd_countsAsUnknownAtItsDeadline() {
    Desk desk = Desk.moving();
    desk.want(true);
    List<Action> actions = desk.due();
    assertThat(desk.now).isEqualTo(2 * SECOND);
    assertThat(actions).contains(new Action.Cancel(1));
    assertThat(only(actions, Action.ReportFailure.class).getFirst().failure())
        .satisfies(f -> assertThat(f.outcome()).isEqualTo(CallOutcome.UNKNOWN))
        .satisfies(f -> assertThat(f.kind()).isEqualTo(CloudFailureKind.TIMEOUT));
    desk.due();
    assertThat(desk.call()).isInstanceOf(CloudCall.Describe.class);
  }

  @Test
  void anAnnouncementThatTheCloudDoesNotFollow_isRepeated_andSaid() {
    Desk desk = Desk.announcing();
    desk.want(true);
    int announcements = 0;
    int complaints = 0;
    while (desk.now < 35 * SECOND) {
      List<Action> actions = desk.call() == null ? desk.due() : desk.see(nobody());
      announcements += only(actions, Action.Announce.class).size();
      complaints += only(actions, Action.ReportNotConfirmed.class).size();
      assertThat(only(actions, Action.Call.class))
          .allSatisfy(c -> assertThat(c.call().writes()).isFalse());
    }
    assertThat(announcements).isEqualTo(3);
    assertThat(complaints).isEqualTo(3);
  }

  @Test
  void anAnnouncementThatTheCloudFollows_isConfirmed_andRepeatedAtOnceWhenOvertaken() {
    Desk desk = Desk.announcing();
    desk.want(true);
    desk.due();
    List<Action> confirmed =
        desk.see(new Observation.HeldBy(Desk.ME, true, Observation.Details.NONE));
    assertThat(only(confirmed, Action.ReportConfirmed.class)).hasSize(1);
    desk.due();
    List<Action> lost = desk.see(new Observation.HeldBy(OTHER, false, Observation.Details.NONE));
    assertThat(lost).contains(new Action.Announce());
  }

  @Test
  void failingCalls_areAFaultOnlyByPolicy_andEndWithTheFirstAnswer() {
    Desk desk = new Desk(Desk.move(true, false), false, Duration.ofSeconds(10));
    desk.want(true);
    List<Action> raised = List.of();
    while (raised.isEmpty() && desk.now < 60 * SECOND) {
      List<Action> actions =
          desk.call() == null
              ? desk.due()
              : desk.call().writes()
                  ? desk.end(failed(CloudFailureKind.UNAVAILABLE, CallOutcome.NOT_APPLIED))
                  : desk.see(unknown(CloudFailureKind.UNAVAILABLE));
      raised = List.copyOf(only(actions, Action.ReportReach.class));
    }
    assertThat(raised).containsExactly(new Action.ReportReach(true));
    assertThat(desk.now).isEqualTo(10 * SECOND);
    while (desk.call() == null) {
      desk.due();
    }
    assertThat(desk.end(done())).contains(new Action.ReportReach(false));
  }

  @Test
  void aCloudThatShowsNoHolder_isBelieved_andCalledAgainNowAndThen() {
    Desk desk = new Desk(Desk.blind(TakeoverMode.PROBE), true, Duration.ZERO);
    desk.pass(Duration.ofMinutes(5));
    assertThat(desk.actions).isEmpty();
    desk.want(true);
    desk.end(done());
    assertThat(desk.state.confirmed()).isTrue();
    desk.due();
    assertThat(desk.call()).isInstanceOf(CloudCall.Takeover.class);
    desk.end(done());
    desk.want(false);
    assertThat(desk.call()).isInstanceOf(CloudCall.Relinquish.class);
    desk.end(done());
    desk.pass(Duration.ofMinutes(5));
    assertThat(desk.call()).isNull();
  }

  @Test
  void aCloudThatOnlyListensToAnnouncements_isNeverCalled() {
    Desk desk = new Desk(Desk.blind(TakeoverMode.ANNOUNCE), false, Duration.ZERO);
    desk.want(true);
    desk.pass(Duration.ofMinutes(5));
    desk.want(false);
    desk.pass(Duration.ofMinutes(5));
    assertThat(only(desk.actions, Action.Call.class)).isEmpty();
  }
}

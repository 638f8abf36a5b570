package io.havip.core.check;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static io.havip.RouterState.INITIALIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.CloudConfig;
import io.havip.Preemption;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Conditions at their edges: what is no violation, and the like of it that is one. */
class ExactnessTest {

  private static final long END = 60_000;

  private static Story story(String id, Preemption preemption) {
    return new Story(id, preemption).begin();
  }

  /** a and b do not hear each other; both serve, and c hears both. */
  private static Story split(Story story) {
    return story
        .trouble(5_000, TroubleKind.CUT, true, "a", "b")
        .trouble(5_000, TroubleKind.CUT, true, "b", "a")
        .serves(8_609, "b", BACKUP);
  }

  private static Story leaves(Story story, String member) {
    return story
        .address(20_000, member, false)
        .advert(20_000, member, 0)
        .state(20_000, member, ACTIVE, INITIALIZE)
        .trouble(20_000, TroubleKind.STOP, true, member);
  }

  @Test
  void s1_aCutEndsWhenOneOfItsEndsLeavesAndTheRestNeedTimeToAgree() {
    Story story = leaves(split(story("S1", Preemption.NEVER)), "a").address(20_609, "c", true);
    assertThat(story.at(END)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void s1_isJudgedAgainWhenTheyHaveHadIt() {
    Story story = leaves(split(story("S1", Preemption.NEVER)), "a").address(29_000, "c", true);
    assertThat(story.at(END)).isEqualTo(Verdict.FAIL);
  }

  private static Story slowInFault(Story story, boolean slow) {
    story.state(5_000, "a", ACTIVE, FAULT).address(5_000, "a", false);
    story.serves(5_609, "b", BACKUP);
    if (slow) {
      story.trouble(6_000, TroubleKind.SLOW, true, "a");
    }
    // Its application hears a second later that it is no longer in FAULT.
    return story
        .address(20_000, "b", false)
        .state(20_000, "b", ACTIVE, BACKUP)
        .address(20_000, "a", true)
        .state(21_000, "a", FAULT, BACKUP)
        .state(21_000, "a", BACKUP, ACTIVE);
  }

  @Test
  void s2_whatASlowMemberIsIsKnownLateAlsoWhenItWasInFault() {
    assertThat(slowInFault(story("S2", Preemption.AT_ONCE), true).at(21_000))
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void s2_failsWhereNobodyIsSlow() {
    assertThat(slowInFault(story("S2", Preemption.AT_ONCE), false).at(21_000))
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void s10_aSlowProcessMayTakeLongToStart() {
    Story story =
        new Story("S10", Preemption.AT_ONCE)
            .trouble(0, TroubleKind.KILL, true, "a")
            .trouble(0, TroubleKind.SLOW, true, "a")
            .trouble(0, TroubleKind.KILL, false, "a")
            .state(9_000, "a", INITIALIZE, BACKUP)
            .state(13_000, "a", BACKUP, ACTIVE);
    assertThat(story.at(END)).isEqualTo(Verdict.PASS);
  }

  @Test
  void l6_aResignationOnABadPathMayArriveAfterAnAdvertThatWasSentLater() {
    Story story =
        story("L6", Preemption.NEVER)
            .advert(9_000, "a", 200)
            .trouble(9_500, TroubleKind.IMPAIRED, true, "a", "b")
            .advert(10_000, "a", 0)
            .advert(10_100, "c", 50)
            .state(10_700, "b", BACKUP, ACTIVE);
    assertThat(story.at(END)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void l6_isJudgedAgainWhenItHasArrived() {
    Story story =
        story("L6", Preemption.NEVER)
            .trouble(9_500, TroubleKind.IMPAIRED, true, "a", "b")
            .advert(10_000, "a", 0)
            .trouble(11_000, TroubleKind.IMPAIRED, false, "a", "b")
            .advert(11_100, "c", 50)
            .state(11_700, "b", BACKUP, ACTIVE);
    assertThat(story.at(END)).isEqualTo(Verdict.FAIL);
  }

  @Test
  void l6_patienceIsThatOfTheIntervalInTheAdvert() {
    Duration tenth = Duration.ofMillis(100);
    assertThat(
            story("L6", Preemption.AT_ONCE)
                .advert(9_000, "a", 200, tenth)
                .state(9_361, "b", BACKUP, ACTIVE)
                .at(END))
        .isEqualTo(Verdict.PASS);
    assertThat(
            story("L6", Preemption.AT_ONCE)
                .advert(9_000, "a", 200, tenth)
                .state(9_360, "b", BACKUP, ACTIVE)
                .at(END))
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void l6_anAdvertThatIsOnlyPerhapsFollowedMayShortenThePatience() {
    Duration tenth = Duration.ofMillis(100);
    assertThat(
            story("L6", new Preemption.After(Duration.ofSeconds(4)))
                .advert(9_000, "a", 200)
                .advert(9_001, "c", 50, tenth)
                .state(9_362, "b", BACKUP, ACTIVE)
                .at(END))
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void l1_theBoundsAreThoseOfTheIntervalOfTheDead() {
    Duration tenth = Duration.ofMillis(100);
    assertThat(diesWithInterval(tenth).serves(20_300, "b", BACKUP).at(END)).isEqualTo(Verdict.PASS);
    assertThat(diesWithInterval(tenth).serves(22_700, "b", BACKUP).at(END)).isEqualTo(Verdict.FAIL);
  }

  private static Story diesWithInterval(Duration interval) {
    return story("L1", Preemption.AT_ONCE)
        .advert(19_950, "a", 200, interval)
        .trouble(20_000, TroubleKind.KILL, true, "a");
  }

  /** a serves from 3.219 s; 30 s out of reach are a FAULT, which is noticed 7 s later at most. */
  private static Story leaving() {
    CloudConfig cloud =
        CloudConfig.of(new SilentCloud())
            .withIntervals(Duration.ofSeconds(5), Duration.ofSeconds(5))
            .withCallTimeout(Duration.ofSeconds(2))
            .withFaultAfter(Duration.ofSeconds(30));
    return new Story("L13", Preemption.AT_ONCE, cloud).begin();
  }

  /** a cannot reach the cloud, which a watch tells as two troubles at one instant. */
  private static Story outOfReach(Story story, long at) {
    return story
        .trouble(at, TroubleKind.CLOUD, true, "a")
        .trouble(at, TroubleKind.CLOUD_OUT_OF_REACH, true, "a");
  }

  @Test
  void l13_whoIsToLeaveLeavesInTime() {
    Story story = outOfReach(leaving(), 15_000).state(45_500, "a", ACTIVE, FAULT);
    assertThat(story.at(END)).isEqualTo(Verdict.PASS);
  }

  @Test
  void l13_failsWhereItDoesNotLeave() {
    assertThat(outOfReach(leaving(), 15_000).at(END)).isEqualTo(Verdict.FAIL);
  }

  @Test
  void l13_failsWhereItLeavesTooEarly() {
    Story story = outOfReach(leaving(), 15_000).state(44_900, "a", ACTIVE, FAULT);
    assertThat(story.at(END)).isEqualTo(Verdict.FAIL);
  }

  @Test
  void l13_whatFailedBeforeCountsToo() {
    Story story =
        leaving()
            .trouble(10_000, TroubleKind.CLOUD, true, "a")
            .trouble(15_000, TroubleKind.CLOUD_OUT_OF_REACH, true, "a")
            .state(41_000, "a", ACTIVE, FAULT);
    assertThat(story.at(END)).isEqualTo(Verdict.PASS);
  }

  @Test
  void s16_failsWhereAMemberKeepsWhatItHearsToItself() {
    Story silent = story("S16", Preemption.AT_ONCE).moment(9_000, TroubleKind.REFLECTION, "a");
    assertThat(silent.at(END)).isEqualTo(Verdict.FAIL);

    Story late = story("S16", Preemption.AT_ONCE).moment(9_000, TroubleKind.REFLECTION, "a");
    assertThat(late.heardItself(9_002, "a").at(END)).isEqualTo(Verdict.FAIL);
  }

  @Test
  void s16_isToldOnceInTenSeconds() {
    Story story =
        story("S16", Preemption.AT_ONCE)
            .moment(9_000, TroubleKind.REFLECTION, "a")
            .heardItself(9_001, "a")
            .moment(18_000, TroubleKind.REFLECTION, "a");
    assertThat(story.at(END)).isEqualTo(Verdict.PASS);
  }

  @Test
  void s14_aMemberThatWasRefusedSomethingComesBackWheneverItTriesAgain() {
    Story story =
        story("S14", Preemption.AT_ONCE)
            .state(5_000, "b", BACKUP, FAULT)
            .moment(19_000, TroubleKind.STRANGER, "a")
            .state(20_000, "b", FAULT, BACKUP);
    assertThat(story.at(END)).isEqualTo(Verdict.UNKNOWN);
  }
}

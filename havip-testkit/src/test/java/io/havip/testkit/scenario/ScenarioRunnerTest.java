package io.havip.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.core.check.Sighting;
import io.havip.core.check.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioRunnerTest {

  private static final String GROUP =
      """
      havip-scenario 1
      title   a group
      seed    3
      length  20s
      network 10.0.0.0/24
      router  vrid 7 interval 1s address 10.0.0.50/24
      member  a 10.0.0.1 priority 200
      member  b 10.0.0.2 priority 100
      client  client 10.0.0.100
      """;

  private static Scenario group(String... steps) {
    return Scenario.parse(GROUP + String.join("\n", steps));
  }

  @Test
  void aCrashMovesTheAddressWithinTheBounds() {
    Outcome outcome = ScenarioRunner.nodes().run(group("at 8s crash a"));

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.verdicts())
        .containsEntry("L1", Verdict.PASS)
        .containsEntry("S2", Verdict.PASS);
    assertThat(states(outcome)).endsWith("b ACTIVE");
  }

  @Test
  void theSameScenarioIsTheSameRunRecordedOrNot() {
    Scenario scenario = group("at 8s pause a", "at 14s resume a", "at 15s impair-all loss 0.3");
    Outcome first = ScenarioRunner.nodes().run(scenario);

    assertThat(ScenarioRunner.nodes().run(Scenario.parse(scenario.text()))).isEqualTo(first);
    assertThat(ScenarioRunner.nodes().judge(scenario).trace()).isEqualTo(first.trace());
    assertThat(ScenarioRunner.nodes().run(scenario.withSeed(4)).trace())
        .isNotEqualTo(first.trace());
  }

  @Test
  void aMemberOfBadHealthGivesTheAddressUpAndTakesItBack() {
    Outcome outcome =
        ScenarioRunner.nodes().run(group("at 6s health a bad", "at 12s health a good"));

    assertThat(outcome.findings()).isEmpty();
    assertThat(states(outcome))
        .containsSubsequence("a ACTIVE", "a FAULT", "b ACTIVE", "a BACKUP", "a ACTIVE");
  }

  @Test
  void aDefectIsJudgedByWhatTheScenarioSays() {
    Outcome outcome =
        ScenarioRunner.nodes()
            .withDefect(router -> router.toBuilder().downMultiplier(6).build())
            .run(group("at 8s crash a"));

    assertThat(outcome.violated()).contains("L1");
  }

  @Test
  void eachProcessRunsItsOwnCode() {
    List<String> started = new ArrayList<>();
    Outcome outcome =
        ScenarioRunner.of(
                setup -> {
                  started.add(setup.name());
                  return setup;
                })
            .run(group("at 8s kill a", "at 10s restart a"));

    assertThat(outcome.findings()).isEmpty();
    assertThat(started).containsExactly("a", "b", "a");
  }

  @Test
  void theListenersAndCallbacksOfTheApplicationAreInTheLoop() {
    List<String> calls = new ArrayList<>();
    Outcome outcome =
        ScenarioRunner.of(
                setup -> {
                  String name = setup.name();
                  setup
                      .router()
                      .beforeServing(
                          router -> calls.add(name + " prepares"), Duration.ofSeconds(1));
                  setup.listener(event -> {
                    if (event instanceof HavipEvent.AddressBound) {
                      calls.add(name + " hears");
                    }
                  });
                  return name;
                })
            .run(group("at 8s crash a"));

    assertThat(outcome.findings()).isEmpty();
    assertThat(calls).containsExactly("a prepares", "a hears", "b prepares", "b hears");
  }

  @Test
  void aReaderIsNotToldThatNothingRanBeforeTheStart() {
    assertThat(ScenarioRunner.nodes().run(group()).sightings())
        .noneMatch(Sighting.Trouble.class::isInstance);
  }

  @Test
  void aServiceThatDoesNotServeIsFoundEvenIfTheAddressIsServed() {
    Outcome outcome =
        ScenarioRunner.of(MemberSetup::name).servesWhen("a"::equals).run(group("at 8s crash a"));

    assertThat(outcome.violated()).containsExactly(ServiceProperties.SERVES);
    assertThat(outcome.findings().getFirst().what())
        .contains("client was not served at 10.0.0.50", "its requests reached b");
    assertThat(outcome.findings().getFirst().at()).isGreaterThan(Duration.ofSeconds(11).toNanos());
  }

  @Test
  void aServiceThatServesAgainInTimeIsNoViolation() {
    ScenarioRunner<MemberSetup> runner = ScenarioRunner.nodes().servesWhen(setup -> true);

    assertThat(runner.run(group("at 8s crash a")).verdicts())
        .containsEntry(ServiceProperties.SERVES, Verdict.PASS);
  }

  @Test
  void anOutageCountsFromTheLastThingThatWentWrong() {
    // After its start the group serves within 3.22 s, after this crash within 3.58 s.
    ScenarioRunner<MemberSetup> runner =
        ScenarioRunner.nodes().servesWhen(setup -> true).outageAtMost(Duration.ofMillis(3400));

    assertThat(runner.run(group()).violated()).isEmpty();
    assertThat(runner.run(group("at 8250ms crash a")).violated())
        .containsExactly(ServiceProperties.SERVES);
    assertThat(runner.run(group("at 8250ms crash a", "at 10s jump-wall-clock b 1s")).violated())
        .isEmpty();
  }

  @Test
  void nobodyIsServedWhileNobodyIsWellWhichIsNoViolation() {
    Outcome outcome =
        ScenarioRunner.nodes()
            .servesWhen(setup -> true)
            .run(group("at 5s crash a", "at 5s partition client", "at 12s unite client"));

    assertThat(outcome.violated()).isEmpty();
  }

  @Test
  void whatMustNeverLastIsFoundWhenItDoes() {
    ScenarioRunner<MemberSetup> runner =
        ScenarioRunner.nodes().never("two members run", running -> running.size() > 1);

    Outcome outcome = runner.run(group());

    assertThat(outcome.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.check()).isEqualTo("N1");
          assertThat(finding.what()).contains("two members run", "[a, b]");
        });
    assertThat(runner.run(group("at 0s kill a")).verdicts()).containsEntry("N1", Verdict.PASS);
  }

  /** Who may not send is not heard: both serve, and neither can know. */
  @Test
  void whatMustNeverLastIsNotJudgedWhileAMemberIsMute() {
    Set<String> active = new HashSet<>();
    ScenarioRunner<String> runner =
        ScenarioRunner.of(
                setup -> {
                  String name = setup.name();
                  setup.listener(event -> {
                    if (event instanceof HavipEvent.AddressBound) {
                      active.add(name);
                    }
                  });
                  return name;
                })
            .never("both hold", running -> active.size() > 1);

    Outcome outcome = runner.run(group("at 0s refuse a send"));

    assertThat(active).containsExactlyInAnyOrder("a", "b");
    assertThat(outcome.violated()).doesNotContain("N1");
  }

  @Test
  void codeThatThrowsEndsTheRunWithAnError() {
    Outcome outcome =
        ScenarioRunner.nodes()
            .never(
                "anything",
                running -> {
                  throw new IllegalStateException("the test is wrong");
                })
            .run(group());

    assertThat(outcome.violated()).containsExactly(Outcome.ERROR);
    assertThat(outcome.findings().getFirst().what()).isEqualTo("the test is wrong");
  }

  @Test
  void aRunIsBoundedInEvents() {
    Outcome outcome = ScenarioRunner.nodes().eventLimit(50).run(group());

    assertThat(outcome.violated()).containsExactly(Outcome.ERROR);
    assertThat(outcome.findings().getFirst().what()).contains("more than 50 events");
  }

  private static List<String> states(Outcome outcome) {
    return outcome.sightings().stream()
        .filter(Sighting.State.class::isInstance)
        .map(Sighting.State.class::cast)
        .filter(state -> state.to() != RouterState.INITIALIZE)
        .map(state -> state.member() + " " + state.to())
        .toList();
  }
}

package io.havip.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.check.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspectsTest {

  private static final Scenario SCENARIO =
      Scenario.parse(
          """
          havip-scenario 1
          length  20s
          network 10.0.0.0/24
          router  vrid 7 address 10.0.0.50/24
          member  a 10.0.0.1 priority 200
          member  b 10.0.0.2 priority 150
          member  c 10.0.0.3 priority 100
          at 4s    jump-wall-clock a 3600s
          at 5s    link-up b
          at 6s    pause c
          at 8s    crash a
          at 18s   restart a
          """);

  @Test
  void onlyWhatCanHaveCausedATakeoverIsSuspected() {
    Outcome outcome = ScenarioRunner.nodes().run(SCENARIO);
    Finding finding = new Finding("L1", 12_000_000_000L, "b took over from a too late");

    Suspects suspects = Suspects.of(outcome, finding);

    assertThat(suspects.steps()).extracting(Step::toString).isEqualTo(List.of("at 8s crash a"));
    assertThat(suspects.members()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aViolationThatNamesNobodyMayConcernAll() {
    Outcome outcome = ScenarioRunner.nodes().run(SCENARIO);
    Finding finding = new Finding("S2", 12_000_000_000L, "nobody answers");

    Suspects suspects = Suspects.of(outcome, finding);

    assertThat(suspects.steps())
        .extracting(Step::toString)
        .containsExactly("at 6s pause c", "at 8s crash a");
    assertThat(suspects.members()).contains("a", "b", "c");
  }
}

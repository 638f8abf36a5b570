package io.havip.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.check.Verdict;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GeneratorTest {

  @Test
  void soundNodesKeepEveryPropertyInRandomScenarios() {
    LongStream.range(0, 150)
        .mapToObj(ScenarioGenerator::draw)
        .forEach(scenario -> {
          Outcome outcome = ScenarioRunner.nodes().judge(scenario);
          assertThat(outcome.findings()).as(scenario.text()).isEmpty();
          assertThat(outcome.verdicts()).containsEntry("S2", Verdict.PASS);
        });
  }

  @Test
  void theSameSeedDrawsTheSame() {
    assertThat(ScenarioGenerator.draw(7)).isEqualTo(ScenarioGenerator.draw(7));
    assertThat(ScenarioGenerator.draw(7)).isNotEqualTo(ScenarioGenerator.draw(8));
  }
}

package io.havip.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShrinkerTest {

  private static final int SEEDS = 1000;

  /** The first random scenario that the bug fails. */
  private static Scenario found(PlantedBug bug) {
    ScenarioRunner<?> runner = bug.runner();
    return LongStream.range(0, SEEDS)
        .mapToObj(ScenarioGenerator::draw)
        .filter(scenario -> runner.judge(scenario).violated().contains(bug.property))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void aRandomFailureBecomesSmallAndViolatesTheSame(PlantedBug bug) {
    Scenario random = found(bug);

    Shrunk shrunk = Shrinker.shrink(bug.runner(), random, bug.property);

    assertThat(shrunk.outcome().violated()).contains(bug.property);
    assertThat(shrunk.scenario().steps()).as(shrunk.scenario().text()).hasSizeLessThanOrEqualTo(3);
    assertThat(shrunk.scenario().members()).hasSizeLessThanOrEqualTo(3);
    assertThat(shrunk.scenario().length()).isLessThanOrEqualTo(random.length());
    assertThat(shrunk.runs()).isLessThanOrEqualTo(1500);
    assertThat(bug.runner().judge(Scenario.parse(shrunk.scenario().text())).trace())
        .isEqualTo(shrunk.outcome().trace());
  }

  @ParameterizedTest
  @EnumSource(names = {"KEEPS_THE_ADDRESS", "PREEMPTS_ALL_THE_SAME"})
  void shrinkingTwiceGivesTheSame(PlantedBug bug) {
    Scenario random = found(bug);
    Shrunk once = Shrinker.shrink(bug.runner(), random, bug.property);
    Shrunk again = Shrinker.shrink(bug.runner(), random, bug.property);

    assertThat(again.scenario()).isEqualTo(once.scenario());
    assertThat(again.runs()).isEqualTo(once.runs());
    assertThat(Shrinker.shrink(bug.runner(), once.scenario(), bug.property).scenario())
        .isEqualTo(once.scenario());
  }

  @Test
  void itIsBoundedInRuns() {
    PlantedBug bug = PlantedBug.KEEPS_THE_ADDRESS;
    Shrunk shrunk = Shrinker.shrink(bug.runner(), found(bug), bug.property, 5);

    assertThat(shrunk.runs()).isEqualTo(5);
    assertThat(shrunk.outcome().violated()).contains(bug.property);
  }

  @Test
  void whatDoesNotFailIsNotShrunk() {
    assertThatThrownBy(
            () -> Shrinker.shrink(ScenarioRunner.nodes(), ScenarioGenerator.draw(1), "S2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not violate S2, but []");
  }
}

package io.havip.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.havip.testkit.jqwik.FailoverArbitraries;
import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScenarioTextPropertyTest {

  @Provide
  Arbitrary<Scenario> scenarios() {
    return FailoverArbitraries.scenarios(Duration.ofSeconds(20));
  }

  @Property(tries = 300)
  void whatIsWrittenIsReadAsTheSame(@ForAll("scenarios") Scenario scenario) {
    assertThat(Scenario.parse(scenario.text())).isEqualTo(scenario);
    assertThat(Scenario.parse(scenario.text()).text()).isEqualTo(scenario.text());
  }

  /** A file that is cut short, or has a character changed, is read or refused by name, at once. */
  @Property(tries = 300)
  void aDamagedFileIsRefusedWithItsLineOrReadAsAnother(
      @ForAll("scenarios") Scenario scenario, @ForAll int where, @ForAll char other) {
    String text = scenario.text();
    int at = Math.floorMod(where, text.length());
    String damaged = text.substring(0, at) + other + text.substring(at + 1);

    Throwable thrown = catchThrowable(() -> ScenarioFile.parse("damaged", damaged));

    if (thrown != null) {
      assertThat(thrown)
          .isInstanceOf(ScenarioException.class)
          .hasMessageMatching("(?s)damaged:\\d+: .+");
    }
  }

  @Property(tries = 40)
  void itsRunIsTheSameAfterReading(@ForAll("scenarios") Scenario scenario) {
    Outcome outcome = ScenarioRunner.nodes().judge(scenario);
    Outcome again = ScenarioRunner.nodes().judge(Scenario.parse(scenario.text()));

    assertThat(again.trace()).isEqualTo(outcome.trace());
    assertThat(again.findings()).isEqualTo(outcome.findings());
    assertThat(again.verdicts()).isEqualTo(outcome.verdicts());
  }
}

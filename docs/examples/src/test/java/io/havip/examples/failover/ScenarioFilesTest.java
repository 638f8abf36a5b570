package io.havip.examples.failover;

import static io.havip.testkit.scenario.Disruption.LOSES_ITS_LINK;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.check.Verdict;
import io.havip.testkit.scenario.Failover;
import io.havip.testkit.scenario.MemberSetup;
import io.havip.testkit.scenario.Outcome;
import io.havip.testkit.scenario.RouterSettings;
import io.havip.testkit.scenario.ScenarioFile;
import io.havip.testkit.scenario.ScenarioRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Scenarios that are kept, and tests without an extension. */
class ScenarioFilesTest {

  private static final Path FILE =
      Path.of("src/test/resources/io/havip/examples/failover/holder-stalls.scenario");

  private static JobRunner deploy(MemberSetup member) {
    JobRunner runner = new JobRunner();
    runner.join(member.router());
    return runner;
  }

  @Test
  void aKeptScenarioIsReplayed() throws IOException {
    Failover.of(ScenarioFilesTest::deploy)
        .servesWhen(JobRunner::running)
        .replay(Files.readString(FILE));
  }

  @Test
  void anotherGroupIsTested() {
    RouterSettings router =
        RouterSettings.of(7, "192.168.5.10/24").withInterval(Duration.ofMillis(200));
    Failover.of(ScenarioFilesTest::deploy)
        .members(2)
        .router(router)
        .servesWhen(JobRunner::running)
        .outageAtMost(Duration.ofSeconds(15))
        .whileAnyOneMember(LOSES_ITS_LINK);
  }

  @Test
  void plainNodesAreJudgedWithoutAService() {
    Outcome outcome = ScenarioRunner.nodes().run(ScenarioFile.read(FILE).scenario());

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.verdicts()).doesNotContainValue(Verdict.FAIL);
  }

  @Test
  void theGuideShowsTheFile() throws IOException {
    assertThat(Files.readString(Path.of("../testing-your-failover.md")))
        .contains(Files.readString(FILE).strip());
  }
}

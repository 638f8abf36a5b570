package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.scenario.Outcome;
import io.havip.testkit.scenario.Scenario;
import io.havip.testkit.scenario.ScenarioFile;
import io.havip.testkit.scenario.ScenarioRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {

  private static final String CRASH =
      """
      havip-scenario 1
      title   a crash
      length  20s
      network 10.0.0.0/24
      router  vrid 7 address 10.0.0.50/24
      member  a 10.0.0.1 priority 200
      member  b 10.0.0.2
      client  client 10.0.0.100
      at 8s   crash a
      """;

  /** In version 2 members of unequal intervals refuse each other's adverts, so both serve. */
  private static final String UNEQUAL =
      CRASH
          .replace("vrid 7", "vrid 7 version 2")
          .replace("priority 200", "priority 200 interval 2s")
          .replace("crash a", "partition a");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aScenarioThatHoldsIsTold() throws IOException {
    assertThat(replay(CRASH)).isZero();
    assertThat(out.toString())
        .containsSubsequence("a crash, seed 0", "a        BACKUP -> ACTIVE", "crash of a")
        .containsSubsequence("b        BACKUP -> ACTIVE", "client   reaches b", "pass: ", " L1");
  }

  @Test
  void aScenarioThatViolatesIsDrawnAndMadeSmall() throws IOException {
    Path page = folder.resolve("run.html");
    Path small = folder.resolve("small.scenario");
    assertThat(replay(UNEQUAL, "--html", page.toString(), "--shrink", small.toString()))
        .isEqualTo(ExitStatus.VIOLATED);
    assertThat(out.toString()).contains("!!! ", "violated: ", "class ScenarioTest {");
    assertThat(Files.readString(page)).contains("./build run replay ", "class ScenarioTest");
    Scenario left = ScenarioFile.read(small).scenario();
    assertThat(left.clients()).isEmpty();
  }

  @Test
  void theRecordedRunIsKnownAgain() throws IOException {
    Outcome outcome = ScenarioRunner.nodes().run(Scenario.parse(CRASH));
    assertThat(replay(outcome.file().text())).isZero();
    assertThat(out.toString()).contains(": the very run that was recorded");
    assertThat(replay(outcome.file().text().replace("priority 200", "priority 190"))).isZero();
    assertThat(out.toString()).contains(": not the run that was recorded");
  }

  @Test
  void aBadFileIsRefusedByLine() throws IOException {
    assertThat(replay(CRASH.replace("crash a", "crash z"))).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(err.toString()).contains("run.scenario:9: there is no member named z, only [a, b]");
    assertThat(replay(CRASH.replace("scenario 1", "scenario 9")))
        .isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(err.toString()).contains("run.scenario:1: this is version 9 of the format");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(execute(List.of("replay", folder.resolve("none").toString())))
        .isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(err.toString()).contains("none cannot be read");
  }

  private int replay(String text, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("run.scenario"), text);
    List<String> all = new ArrayList<>(List.of("replay", file.toString()));
    all.addAll(List.of(options));
    return execute(all);
  }

  private int execute(List<String> arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }
}

package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demonstration tells the story it promises, the same way each time. */
class DemoTest {

  @TempDir Path folder;

  @Test
  void oneMemberCrashesTheOtherServesTheFirstReturns() {
    String story = demo("--seed", "7");
    assertThat(story)
        .containsSubsequence(
            "cvm1 answers for 172.17.16.3",
            "cvm1 crashes",
            "nobody answers for 172.17.16.3",
            "cvm2 answers for 172.17.16.3",
            "cvm1 returns",
            "cvm2 is closed in order",
            "172.17.16.7 resigned",
            "Crash to service: 3.297 s. Orderly hand-over: 0.610 s.");
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    assertThat(demo("--seed", "3")).isEqualTo(demo("--seed", "3"));
  }

  /** But for the last line, which names a file. */
  @Test
  void theStoryFitsATerminalOf80Columns() {
    List<String> lines = demo("--seed", "7").lines().toList();
    assertThat(lines.subList(0, lines.size() - 1))
        .allSatisfy(l -> assertThat(l).hasSizeLessThan(81));
  }

  @Test
  void theRunIsDrawnIntoTheFileThatIsNamedInTheEnd() throws IOException {
    Path file = folder.resolve("demo.html");
    assertThat(demo("--seed", "7")).endsWith(": " + file + System.lineSeparator());
    assertThat(Files.readString(file))
        .contains("<code>./build demo --seed 7</code>", "crash of cvm1", "stop of cvm2");
  }

  private String demo(String... options) {
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--report", folder.resolve("demo.html").toString()));
    int status =
        new CommandLine(new DemoCommand())
            .setOut(new PrintWriter(out))
            .execute(all.toArray(String[]::new));
    assertThat(status).isZero();
    return out.toString();
  }
}

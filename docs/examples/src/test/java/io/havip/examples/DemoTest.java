package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The demonstration tells the story it promises, the same way each time. */
class DemoTest {

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

  private static String demo(String... options) {
    StringWriter out = new StringWriter();
    int status = new CommandLine(new DemoCommand()).setOut(new PrintWriter(out)).execute(options);
    assertThat(status).isZero();
    return out.toString();
  }
}

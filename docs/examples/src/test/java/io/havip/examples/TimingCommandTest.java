package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.RealNetwork;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TimingCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  @Test
  void saysHowLateItWasAndWhatThatMeans() {
    RealNetwork.assume();
    assertThat(run("timing", "--seconds", "1", "--interval", "100")).isEqualTo(ExitStatus.OK);

    assertThat(out.toString())
        .containsPattern("worst of \\d+ intervals of 100 ms")
        .containsPattern("room for: \\d+0 ms")
        .containsPattern("false takeovers: .* as measured");
  }

  @Test
  void whatNoIntervalCanBeIsRefused() {
    assertThat(run("timing", "--interval", "5")).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run("timing", "--loss", "2")).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(err.toString()).contains("--interval must be").contains("--loss must be");
  }
}

package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What every command of the examples has in common. */
class MainTest {

  @Test
  void everyCommandTellsItsVersion() {
    for (String command : Main.commandLine().getSubcommands().keySet()) {
      assertThat(output(command, "--version")).startsWith("havip-examples ").contains(", Java ");
    }
    assertThat(output("--version")).startsWith("havip-examples ");
  }

  /** The list of commands shows the first paragraph of each description. */
  @Test
  void theListShowsWholeSentences() {
    for (CommandLine command : Main.commandLine().getSubcommands().values()) {
      assertThat(command.getCommandSpec().usageMessage().description()[0]).endsWith(".");
    }
  }

  private static String output(String... arguments) {
    StringWriter out = new StringWriter();
    assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute(arguments)).isZero();
    return out.toString();
  }
}

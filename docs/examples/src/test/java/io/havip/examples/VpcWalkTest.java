package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk-through of a HAVIP: every step is seen where a person would look for it. */
class VpcWalkTest {

  @Test
  void everyStepOfTheWalkThroughIsTold() {
    assertThat(story("1"))
        .containsSubsequence(
            "1. two instances of one placement group",
            "172.17.16.3 is allocated",
            "nothing to warn of",
            "Status       not bound with CVM yet",
            "Server       -",
            "cvm1    starts with cvm1.conf: priority 100",
            "cvm2    starts with cvm2.conf: priority 80",
            "cvm1    VI_1 172.17.16.3 is on eth0",
            "3. the elected one has announced the address",
            "Status       bound with CVM",
            "Backend ENI  eni-cvm1",
            "Server       cvm1",
            "EIP          -",
            "4. an elastic IP is bound",
            "203.0.113.80 is answered by cvm1",
            "5. cvm1 fails",
            "203.0.113.80 is not answered",
            "cvm2    VI_1 172.17.16.3 is on eth0",
            "203.0.113.80 is answered by cvm2",
            "Backend ENI  eni-cvm2",
            "Server       cvm2",
            "EIP          203.0.113.80",
            "Without service: ");
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    assertThat(story("3")).isEqualTo(story("3"));
  }

  @Test
  void whatTheConsoleShowedIsAlsoAPage(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("console.html");
    StringWriter out = new StringWriter();
    assertThat(
            Main.commandLine()
                .setOut(new PrintWriter(out))
                .execute("vpc", "--seed=1", "--html=" + page))
        .isZero();
    assertThat(out.toString()).isEqualTo(story("1"));
    assertThat(Files.readString(page))
        .containsSubsequence(
            "<tr><th>Status</th><td>not bound with CVM yet</td></tr>",
            "<tr><th>Server</th><td><mark>cvm1</mark></td></tr>",
            "<tr><th>Server</th><td><mark>cvm2</mark></td></tr>",
            "<tr><th>EIP</th><td><mark>203.0.113.80</mark></td></tr>");
  }

  @Test
  void aPageThatCannotBeWrittenIsOneLine(@TempDir Path folder) {
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute("vpc", "--html=" + folder.resolve("no/such/console.html"));
    assertThat(status).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(err.toString()).contains("cannot be written").doesNotContain("\tat ");
  }

  static String story(String seed) {
    StringWriter out = new StringWriter();
    int status = Main.commandLine().setOut(new PrintWriter(out)).execute("vpc", "--seed=" + seed);
    assertThat(status).isZero();
    return out.toString();
  }
}

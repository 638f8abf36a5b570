package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The pair of load balancers in the simulated network. */
class LoadBalancerTest {

  @Test
  void theAddressFollowsWhatCanServe() {
    assertThat(story("--seed", "1"))
        .containsSubsequence(
            "the web page, by way of lb1",
            "HAProxy on lb1 dies",
            "lb1 refuses the connection: no HAProxy there",
            "ACTIVE -> FAULT, priority 100: check haproxy: failed",
            "the web page, by way of lb2",
            "HAProxy on lb1 is started again",
            "lb2 loses the way to its web servers",
            "503 from lb2: no server behind it",
            "the web page, by way of lb1");
  }

  @Test
  void theReturnedOneDoesNotTakeTheAddressFromOneThatServes() {
    String story = story("--seed", "1");
    String meanwhile =
        story.substring(
            story.indexOf("HAProxy on lb1 is started again"),
            story.indexOf("lb2 loses the way to its web servers"));

    assertThat(meanwhile).contains("lb1     clients FAULT -> BACKUP").doesNotContain("ACTIVE");
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    assertThat(story("--seed", "3")).isEqualTo(story("--seed", "3"));
  }

  private static String story(String... options) {
    StringWriter out = new StringWriter();
    String[] command = new String[options.length + 1];
    command[0] = "load-balancer";
    System.arraycopy(options, 0, command, 1, options.length);
    int status = Main.commandLine().setOut(new PrintWriter(out)).execute(command);
    assertThat(status).isZero();
    return out.toString();
  }
}

package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The story of the two databases. */
class DatabaseTest {

  @Test
  void promotionComesBeforeTheAddressAndDemotionBeforeItGoes() {
    assertThat(story("1"))
        .containsSubsequence(
            "db1     database promoted, 0 writes",
            "db1     orders 172.17.16.3 is on eth0",
            "db1 is closed for maintenance",
            "db1     database demoted",
            "db1     orders 172.17.16.3 is off eth0",
            "db2     database promoted",
            "db2     orders 172.17.16.3 is on eth0",
            "the host of db2 dies",
            "db1     database promoted",
            "db2     database discards 1 writes that db1 never had",
            "Orderly hand-over: 0.280 s without writes, 0 of the acknowledged writes lost.",
            "1 of the acknowledged writes lost.",
            "Two primaries at a time: never.");
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    assertThat(story("3")).isEqualTo(story("3"));
  }

  private static String story(String seed) {
    StringWriter out = new StringWriter();
    int status =
        Main.commandLine().setOut(new PrintWriter(out)).execute("database", "--seed", seed);
    assertThat(status).isZero();
    return out.toString();
  }
}

package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a node waits after its start. */
class StartDelayTest {

  @Test
  void a_delay_after_boot_is_what_is_left_of_it_and_no_less_than_the_startup_delay() {
    String text =
        "global_defs {\n vrrp_delay_after_boot 60\n vrrp_startup_delay 5\n}\n" + Conf.instance("");

    assertThat(startDelay(text, Conf.OPTIONS)).isEqualTo(Duration.ofSeconds(60));
    assertThat(startDelay(text, Conf.OPTIONS.withSinceBoot(Duration.ofSeconds(20))))
        .isEqualTo(Duration.ofSeconds(40));
    assertThat(startDelay(text, Conf.OPTIONS.withSinceBoot(Duration.ofSeconds(57))))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(startDelay(text, Conf.OPTIONS.withSinceBoot(Duration.ofDays(2))))
        .isEqualTo(Duration.ofSeconds(5));
  }

  private static Duration startDelay(String text, ReadOptions options) {
    return KeepalivedReader.read(text, Conf.FILE, options).orElseThrow().startDelay();
  }
}

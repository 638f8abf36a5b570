package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeAttemptTest {

  @Test
  void linesAreReadAsTheyWereWritten() {
    Probe.Attempt answered =
        new Probe.Attempt(-5, Duration.ofNanos(1234), Probe.Outcome.ANSWERED, "a");
    Probe.Attempt silent =
        new Probe.Attempt(6, Duration.ofMillis(100), Probe.Outcome.TIMED_OUT, "");
    assertThat(Probe.Attempt.parse(answered.line())).contains(answered);
    assertThat(Probe.Attempt.parse(silent.line())).contains(silent);
    assertThat(answered.endNanos()).isEqualTo(1229);
  }

  @Test
  void otherOutputIsNoAttempt() {
    assertThat(Probe.Attempt.parse("Picked up JAVA_TOOL_OPTIONS: -Dx=y")).isEmpty();
  }
}

package io.havip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0.0 ms",
    "PT0.03609375S, 36.1 ms",
    "PT0.00025S, 0.3 ms",
    "PT-0.02S, -20.0 ms",
    "PT0.999999999S, 1000.0 ms",
    "PT1S, 1.000 s",
    "PT3.609375S, 3.609 s",
    "PT3.6095S, 3.610 s",
    "P365D, 31536000.000 s"
  })
  void aDurationIsToldInMillisecondsOrSecondsRounded(Duration duration, String text) {
    assertThat(Durations.text(duration)).isEqualTo(text);
  }
}

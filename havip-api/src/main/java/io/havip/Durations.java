package io.havip;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them in a log line. */
final class Durations {

  private Durations() {}

  /**
   * Seconds or milliseconds with at most three decimals, such as {@code 3.609 s} or {@code 36.1
   * ms}.
   */
  static String text(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    if (Math.abs(millis) >= 1000) {
      return String.format(Locale.ROOT, "%.3f s", millis / 1000);
    }
    return String.format(Locale.ROOT, "%.1f ms", millis);
  }
}

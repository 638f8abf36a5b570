package io.havip;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them in a log line. */
final class Durations {

  private Durations() {}

  /**
   * Longest delay of a configuration. Nobody waits longer, and sums of a few of them and a moment
   * fit into nanoseconds.
   */
  private static final Duration LONGEST = Duration.ofDays(365);

  /** Checks that a delay is not negative and not longer than a year. */
  static void requireDelay(String what, Duration delay) {
    if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
      throw new HavipConfigException(what + " must be between 0 and 365 days, not " + delay);
    }
  }

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

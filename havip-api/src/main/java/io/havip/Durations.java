package io.havip;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Durations as people read them in a log line. */
final class Durations {

  private static final long SECOND = 1_000_000_000L;

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
    long nanos = duration.toNanos();
    return Math.abs(nanos) >= SECOND ? decimal(nanos, 9, 3) + " s" : decimal(nanos, 6, 1) + " ms";
  }

  /** A formatter would do, and take many times as long amid a takeover. */
  private static String decimal(long unscaled, int scale, int decimals) {
    return BigDecimal.valueOf(unscaled, scale)
        .setScale(decimals, RoundingMode.HALF_UP)
        .toPlainString();
  }
}

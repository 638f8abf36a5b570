package io.havip.testkit.sim;

import java.time.Duration;

/** Times as traces and messages show them. */
final class Times {

  private static final long NANOS = 1_000_000_000L;

  private Times() {}

  /** Seconds with nine decimals, filled up with spaces on the left. */
  static void seconds(StringBuilder to, long nanos, int width) {
    String whole = Long.toString(nanos / NANOS);
    String rest = Long.toString(nanos % NANOS);
    to.repeat(" ", Math.max(0, width - whole.length() - 10)).append(whole).append('.');
    to.repeat("0", 9 - rest.length()).append(rest);
  }

  /** A length of time in the unit a person would choose, exact. */
  static String text(Duration duration) {
    return text(duration.toNanos());
  }

  static String text(long nanos) {
    long size = Math.abs(nanos);
    if (size >= NANOS) {
      return decimal(nanos, NANOS) + " s";
    }
    return size >= 1_000_000 ? decimal(nanos, 1_000_000) + " ms" : decimal(nanos, 1_000) + " us";
  }

  private static String decimal(long nanos, long unit) {
    StringBuilder text = new StringBuilder(nanos < 0 ? "-" : "");
    text.append(Math.abs(nanos / unit));
    long rest = Math.abs(nanos % unit);
    if (rest != 0) {
      String digits = Long.toString(unit + rest).substring(1);
      text.append('.').append(digits.replaceAll("0+$", ""));
    }
    return text.toString();
  }
}

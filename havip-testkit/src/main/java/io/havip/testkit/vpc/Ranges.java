package io.havip.testkit.vpc;

import java.time.Duration;

/** What profiles check. */
final class Ranges {

  private Ranges() {}

  static void span(String what, Duration least, Duration most) {
    if (least.isNegative() || most.compareTo(least) < 0) {
      throw new IllegalArgumentException("a " + what + " cannot be " + least + " to " + most);
    }
  }

  static void positive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("a " + what + " is at least 1, not " + value);
    }
  }

  static void probability(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " is a probability of 0 to 1, not " + value);
    }
  }
}

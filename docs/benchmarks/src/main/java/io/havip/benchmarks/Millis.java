package io.havip.benchmarks;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What several runs of a measurement came to. */
final class Millis {

  private Millis() {}

  /** {@return the middle value, or the mean of the two in the middle; not a number if empty} */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** {@return runs, median and worst as three cells of a table; not a number is never} */
  static String cells(List<Double> runs) {
    if (runs.contains(Double.NaN)) {
      return "never | – | –";
    }
    return String.join(", ", runs.stream().map(Millis::number).toList())
        + " | "
        + number(median(runs))
        + " | "
        + number(Collections.max(runs));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}

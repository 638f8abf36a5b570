package io.havip.benchmarks;

import java.util.List;

/** What half of the values do not exceed. */
final class Median {

  private Median() {}

  /** {@return the middle value, or the mean of the two in the middle; not a number if empty} */
  static double of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}

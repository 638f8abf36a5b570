package io.havip.testkit.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides at which zoom a thing is first drawn. At level n the drawing is 2^n times as wide as the
 * window; what is drawn at a level is drawn at all above.
 */
final class Zoom {

  /** The last level, at which everything is drawn. */
  static final int MAX = 8;

  /** How wide the drawing is in a window of 1280, about; a wider window only makes more room. */
  static final double WIDTH = 1080;

  private Zoom() {}

  /**
   * Thins out moments so that neighbours are a distance apart.
   *
   * @param at percentages, in any order; those that come first are preferred
   * @param distance in pixels
   * @return a level for each
   */
  static int[] thin(double[] at, double distance) {
    int[] levels = new int[at.length];
    Arrays.fill(levels, MAX);
    boolean[] done = new boolean[at.length];
    TreeSet<Double> drawn = new TreeSet<>();
    for (int level = 0; level < MAX; level++) {
      double apart = distance / WIDTH * 100 / (1 << level);
      for (int i = 0; i < at.length; i++) {
        if (!done[i] && free(drawn, at[i], apart)) {
          drawn.add(at[i]);
          done[i] = true;
          levels[i] = level;
        }
      }
    }
    return levels;
  }

  private static boolean free(NavigableSet<Double> drawn, double at, double apart) {
    Double before = drawn.floor(at);
    Double after = drawn.ceiling(at);
    return (before == null || at - before >= apart) && (after == null || after - at >= apart);
  }

  /**
   * A box in a strip.
   *
   * @param x its left edge as a percentage
   * @param width its width as a percentage
   * @param row counts from 0
   * @param level at which it is drawn
   */
  record Box(double x, double width, int row, int level) {}

  /**
   * Puts boxes with labels into a strip so that none covers another.
   *
   * @param from left edges as percentages
   * @param to right edges
   * @param label pixels a label needs
   * @param rows how many at most
   * @return a box for each, in the same order
   */
  static List<Box> stack(double[] from, double[] to, double label, int rows) {
    @Nullable Box[] boxes = new @Nullable Box[from.length];
    List<List<Box>> strip = new ArrayList<>();
    for (int level = 0; level <= MAX; level++) {
      double least = label / WIDTH * 100 / (1 << level);
      for (int i = 0; i < from.length; i++) {
        if (boxes[i] == null) {
          double width = Math.min(100, Math.max(to[i] - from[i], least));
          boxes[i] = place(strip, Math.min(from[i], 100 - width), width, level, rows);
        }
      }
    }
    return Arrays.stream(boxes).map(Objects::requireNonNull).toList();
  }

  private static @Nullable Box place(
      List<List<Box>> strip, double x, double width, int level, int rows) {
    for (int row = 0; row < rows; row++) {
      if (row == strip.size()) {
        strip.add(new ArrayList<>());
      }
      boolean clear =
          strip.get(row).stream().noneMatch(b -> b.x() < x + width && x < b.x() + b.width());
      if (clear || (level == MAX && row == rows - 1)) {
        Box box = new Box(x, width, row, level);
        strip.get(row).add(box);
        return box;
      }
    }
    return null;
  }
}

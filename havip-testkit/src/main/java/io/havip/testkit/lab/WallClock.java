package io.havip.testkit.lab;

import java.time.Instant;

/** Converts times of the wall clock, which the kernel stamps frames with. */
final class WallClock {

  private static final int TRIES = 5;

  private WallClock() {}

  /**
   * A time of the near past on the axis of {@link System#nanoTime}. Both clocks are read together
   * several times and the closest pair counts, so that being preempted between them does no harm.
   */
  static long toNanoTime(long epochNanos) {
    long bestWidth = Long.MAX_VALUE;
    long bestOffset = 0;
    for (int i = 0; i < TRIES; i++) {
      long before = System.nanoTime();
      Instant wall = Instant.now();
      long after = System.nanoTime();
      if (after - before < bestWidth) {
        bestWidth = after - before;
        long wallNanos = wall.getEpochSecond() * 1_000_000_000L + wall.getNano();
        bestOffset = before + (after - before) / 2 - wallNanos;
      }
    }
    return epochNanos + bestOffset;
  }
}

package io.havip.linux.internal.loop;

/**
 * Counts the time that the host slept, from readings of CLOCK_BOOTTIME, which goes on meanwhile,
 * and CLOCK_MONOTONIC, which does not. The two cannot be read at one moment: a reading only tells
 * between which bounds their difference lies, and only bounds that do not meet any more prove a
 * sleep. Pure.
 */
final class SleepCount {

  /** The difference of the clocks is not more than this. */
  private long most = Long.MAX_VALUE;

  private long slept;

  /**
   * Counts on.
   *
   * @param before monotonic time before the reading
   * @param boot the reading of CLOCK_BOOTTIME
   * @param after monotonic time after the reading
   * @return nanoseconds of sleep since the first reading, never less than before
   */
  long slept(long before, long boot, long after) {
    long least = boot - after;
    if (least > most) {
      slept += least - most;
      most = boot - before;
    } else {
      most = Math.min(most, boot - before);
    }
    return slept;
  }
}

package io.havip.spi;

import java.time.Instant;

/**
 * The loop's clock and deadlines. Time is in nanoseconds of a monotonic clock with an arbitrary
 * origin; it never goes back and does not follow the wall clock.
 */
public interface Timers {

  /** {@return the monotonic time in nanoseconds} Callable from any thread. */
  long now();

  /**
   * {@return the wall-clock time, for people's eyes only: no decision depends on it} Callable from
   * any thread.
   */
  Instant wallTime();

  /**
   * How long this host has slept since the platform was opened, as in a suspend to memory: time
   * that {@link #now} does not count. It grows before anything else runs on the loop after the
   * sleep, and never for another reason. To be called on the loop.
   *
   * @return nanoseconds, never less than before; always zero on a platform that cannot tell
   */
  default long slept() {
    return 0;
  }

  /**
   * Creates a deadline, not yet armed.
   *
   * @param onDue runs on the loop, never before the armed time, never concurrently, once per
   *     arming. What was received before an overdue deadline fires has been delivered before it.
   * @return the deadline
   */
  Deadline newDeadline(Runnable onDue);

  /** A one-shot timer that can be armed again and again without allocation. */
  interface Deadline {

    /**
     * Fires at the given time, replacing an earlier arming. A time in the past fires in the next
     * turn of the loop.
     *
     * @param atNanos absolute time of {@link Timers#now()}
     */
    void arm(long atNanos);

    /**
     * Fires at the given time or later by at most some slack, so that a loop can serve deadlines
     * together that are due within it. A platform may ignore the slack and fire at the time.
     *
     * @param atNanos absolute time of {@link Timers#now()}
     * @param slackNanos how late it may be, not negative
     */
    default void arm(long atNanos, long slackNanos) {
      arm(atNanos);
    }

    /** Forgets the armed time. Once this returns the callback does not run until armed again. */
    void disarm();
  }
}

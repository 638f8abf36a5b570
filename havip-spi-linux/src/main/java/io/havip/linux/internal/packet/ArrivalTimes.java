package io.havip.linux.internal.packet;

/**
 * Turns the kernel's time stamps into arrival times that can be relied on. A stamp is a reading of
 * the wall clock, which may have been set between the arrival and the reading. Three things are
 * certain whatever it says: a message came after the queue was last seen empty, after the message
 * before it, and before now. Pure.
 */
final class ArrivalTimes {

  private long earliest;

  /**
   * Starts with an empty queue.
   *
   * @param now monotonic time
   */
  ArrivalTimes(long now) {
    earliest = now;
  }

  /** The queue was empty at a moment: what comes out of it from now on arrived later. */
  void emptyAt(long moment) {
    earliest = Math.max(earliest, moment);
  }

  /**
   * The arrival time of the next message.
   *
   * @param stamp its time stamp on the monotonic clock, as well as is known
   * @param now monotonic time, not before any time given earlier
   */
  long next(long stamp, long now) {
    earliest = Math.clamp(stamp, earliest, Math.max(earliest, now));
    return earliest;
  }

  /** The arrival time of the last message, or when the queue was seen empty after it. */
  long last() {
    return earliest;
  }
}

package io.havip.core.timing;

/**
 * Turns the deadlines of a whole node into one sample for each advert interval: the worst within
 * it. Deadlines that are due together are late together, and to count each of a thousand routers
 * would pretend a thousand times the knowledge. Not thread-safe.
 */
public final class LatenessMeter {

  private final Lateness lateness = new Lateness();
  private long slot;
  private long slotEnd = Long.MIN_VALUE;
  private long worst;

  /**
   * Nothing yet.
   *
   * @param slotNanos the advert interval
   */
  public LatenessMeter(long slotNanos) {
    slot = slotNanos;
  }

  /**
   * Samples are of another interval from now on.
   *
   * @param slotNanos the advert interval
   */
  public void slot(long slotNanos) {
    slot = slotNanos;
  }

  /**
   * A deadline has been served.
   *
   * @param dueAt when it was due, in monotonic nanoseconds
   * @param servedAt when it was served
   */
  public void served(long dueAt, long servedAt) {
    long late = servedAt - dueAt;
    if (slotEnd == Long.MIN_VALUE || dueAt - slotEnd >= 0) {
      if (slotEnd != Long.MIN_VALUE) {
        lateness.add(worst);
      }
      slotEnd = dueAt + slot;
      worst = late;
    } else {
      worst = Math.max(worst, late);
    }
  }

  /** {@return the samples so far, without the interval that has not ended; not a copy} */
  public Lateness lateness() {
    return lateness;
  }
}

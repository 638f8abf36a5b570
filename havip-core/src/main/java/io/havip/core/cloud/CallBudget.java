package io.havip.core.cloud;

/**
 * How many calls may be made: never more in any second than the cloud allows, with a part kept for
 * calls that write.
 *
 * @param slotNanos time that one call uses up
 * @param burst calls that may be made at once after a quiet time, at least 1
 * @param freeAt the time at which all slots will be free again
 */
public record CallBudget(long slotNanos, int burst, long freeAt) {

  private static final double SECOND = 1_000_000_000.0;

  /**
   * {@return a budget with all slots free} With a burst of {@code b} and slots of {@code s}
   * seconds, a second holds at most {@code b - 1 + 1/s} calls, so {@code s} follows from the rate.
   *
   * @param callsPerSecond positive
   */
  public static CallBudget of(double callsPerSecond) {
    int burst = (int) Math.clamp(Math.floor(callsPerSecond / 2), 1, 1_000);
    double refill = callsPerSecond - burst + 1;
    return new CallBudget(
        (long) Math.ceil(SECOND / Math.min(refill, SECOND)), burst, ReconcilerState.PAST);
  }

  /**
   * {@return when a call may be made}
   *
   * @param writes whether it writes: others leave half of the slots free
   * @param now the time
   */
  public long allowedAt(boolean writes, long now) {
    int usable = writes ? burst : Math.max(1, burst - burst / 2);
    return freeAt <= now ? now : Math.max(now, freeAt - (usable - 1) * slotNanos);
  }

  /**
   * {@return the budget after a call}
   *
   * @param now when it was made
   */
  public CallBudget taken(long now) {
    return new CallBudget(slotNanos, burst, Math.max(freeAt, now) + slotNanos);
  }
}

package io.havip.core.tracking;

import io.havip.HealthCheckConfig;

/**
 * A health check's standing result and how far it is from changing. The first result after the
 * start decides at once, whatever rise and fall say: nobody should wait ten runs to learn that a
 * member is fit. A check that counts as failed from the start needs its successes all the same.
 *
 * @param health the standing result
 * @param contrary results in a row that contradict it
 */
public record CheckState(Health health, int contrary) {

  /** Whether a dependency is well. */
  public enum Health {
    /** Not known yet. */
    UNKNOWN,
    /** Not known yet, and counts as failed, also when {@link io.havip.Track#reverse() reversed}. */
    PRESUMED_FAILED,
    /**
     * Not known yet, and costs nothing: a check that was added to a running router must not throw
     * it out before it has run. Also when reversed.
     */
    TRUSTED,
    /** Well. */
    WELL,
    /** Failed. */
    FAILED
  }

  /**
   * {@return the state before the first run}
   *
   * @param config the check
   */
  public static CheckState initial(HealthCheckConfig config) {
    return new CheckState(config.initiallyFailed() ? Health.PRESUMED_FAILED : Health.UNKNOWN, 0);
  }

  /** {@return the state before the first run of a check that is added to a running router} */
  public static CheckState trusted() {
    return new CheckState(Health.TRUSTED, 0);
  }

  /**
   * {@return the state after one more run}
   *
   * @param config the check
   * @param success whether the run succeeded
   */
  public CheckState after(HealthCheckConfig config, boolean success) {
    Health result = success ? Health.WELL : Health.FAILED;
    if (health == Health.UNKNOWN
        || health == Health.TRUSTED
        || (health == Health.PRESUMED_FAILED && !success)) {
      return new CheckState(result, 0);
    }
    if (result == health) {
      return new CheckState(health, 0);
    }
    int needed = success ? config.rise() : config.fall();
    return contrary + 1 >= needed
        ? new CheckState(result, 0)
        : new CheckState(health, contrary + 1);
  }
}

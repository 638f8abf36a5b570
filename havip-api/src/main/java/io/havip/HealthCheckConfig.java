package io.havip;

import java.time.Duration;

/**
 * A named health check and its hysteresis. Routers of one node that use the same configuration
 * share its runs.
 *
 * @param name names the check in events and snapshots
 * @param check what to run
 * @param interval time from one start to the next, positive; a run that is still going makes the
 *     next one wait
 * @param timeout longest time a run may last, positive
 * @param rise successes in a row that make an unfit member fit again, at least 1
 * @param fall failures in a row that make a fit member unfit, at least 1
 * @param initiallyFailed whether the member counts as unfit until the first result; otherwise it is
 *     neither: a check without weight then holds the router in FAULT, a weighted one contributes
 *     nothing
 */
public record HealthCheckConfig(
    String name,
    HealthCheck check,
    Duration interval,
    Duration timeout,
    int rise,
    int fall,
    boolean initiallyFailed) {

  /** Checks the ranges. */
  public HealthCheckConfig {
    require(!name.isBlank(), name, "the name is blank");
    Durations.requireDelay("health check \"" + name + "\": the interval", interval);
    Durations.requireDelay("health check \"" + name + "\": the timeout", timeout);
    require(interval.isPositive(), name, "the interval must be positive, not " + interval);
    require(timeout.isPositive(), name, "the timeout must be positive, not " + timeout);
    require(rise >= 1, name, "rise must be at least 1, not " + rise);
    require(fall >= 1, name, "fall must be at least 1, not " + fall);
  }

  /**
   * {@return a check every second that may last a second and decides at once}
   *
   * @param name names the check
   * @param check what to run
   */
  public static HealthCheckConfig of(String name, HealthCheck check) {
    Duration second = Duration.ofSeconds(1);
    return new HealthCheckConfig(name, check, second, second, 1, 1, false);
  }

  /**
   * {@return a check in the application's code, every second, that may last a second and decides at
   * once}
   *
   * @param name names the check
   * @param probe tells whether this member is fit
   */
  public static HealthCheckConfig of(String name, HealthCheck.Probe probe) {
    return of(name, (HealthCheck) probe);
  }

  /**
   * {@return the same check with another rhythm}
   *
   * @param newInterval time from start to start
   * @param newTimeout longest run
   */
  public HealthCheckConfig every(Duration newInterval, Duration newTimeout) {
    return new HealthCheckConfig(name, check, newInterval, newTimeout, rise, fall, initiallyFailed);
  }

  /**
   * {@return the same check with another hysteresis}
   *
   * @param newRise successes needed
   * @param newFall failures needed
   */
  public HealthCheckConfig withHysteresis(int newRise, int newFall) {
    return new HealthCheckConfig(name, check, interval, timeout, newRise, newFall, initiallyFailed);
  }

  private static void require(boolean condition, String name, String message) {
    if (!condition) {
      throw new HavipConfigException("health check \"" + name + "\": " + message);
    }
  }
}

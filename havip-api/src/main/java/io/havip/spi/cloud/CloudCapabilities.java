package io.havip.spi.cloud;

import java.time.Duration;

/**
 * What a cloud can do with a virtual address, and within which limits.
 *
 * @param mode what moves traffic to another member
 * @param observesHolder whether {@link CloudBinding#describe} can tell the holder; without it a
 *     takeover is believed when the cloud has accepted it
 * @param atomicSteal whether a takeover passes the address on without a time at which nobody has it
 *     (C17)
 * @param conditionalRelinquish whether {@link CloudBinding#relinquish} works (C10)
 * @param refusesStaleWrites whether the cloud refuses a takeover that rests on an outdated
 *     observation (C11)
 * @param epochs whether observations carry an epoch that rises with every change of holder (C12)
 * @param asynchronousTasks whether the cloud finishes its operations some time after it accepted
 *     them; the binding waits for that until the deadline of the call
 * @param callsPerSecond how many calls of {@link CloudBinding} one member may make, on average over
 *     a second, positive; a binding that needs several requests for a call, or shares its quota
 *     with other members, declares so much less
 * @param announcementSpacing least time between two announcements of one address in {@link
 *     TakeoverMode#ANNOUNCE}; zero if the cloud has no limit
 * @param convergence how long the cloud takes, as a rule at most, from an accepted takeover or
 *     announcement to traffic at the new holder, and until {@link CloudBinding#describe} shows it;
 *     positive
 * @param staleness for how long {@link CloudBinding#describe} may still show what was before a
 *     change; zero if never
 */
public record CloudCapabilities(
    TakeoverMode mode,
    boolean observesHolder,
    boolean atomicSteal,
    boolean conditionalRelinquish,
    boolean refusesStaleWrites,
    boolean epochs,
    boolean asynchronousTasks,
    double callsPerSecond,
    Duration announcementSpacing,
    Duration convergence,
    Duration staleness) {

  /** Checks the ranges, and that what is declared makes sense together. */
  public CloudCapabilities {
    require(callsPerSecond > 0, "the calls per second must be positive, not " + callsPerSecond);
    require(!announcementSpacing.isNegative(), "the announcement spacing must not be negative");
    require(convergence.isPositive(), "the convergence time must be positive, not " + convergence);
    require(!staleness.isNegative(), "the staleness must not be negative");
    require(
        observesHolder || !(epochs || refusesStaleWrites),
        "epochs and refused stale writes need a holder that can be observed");
  }

  /**
   * A cloud in which members announce the address, and whose API shows the holder.
   *
   * @param callsPerSecond see {@link #callsPerSecond()}
   * @param announcementSpacing see {@link #announcementSpacing()}
   * @param convergence see {@link #convergence()}
   * @return capabilities without epochs, relinquishing and staleness
   */
  public static CloudCapabilities announced(
      double callsPerSecond, Duration announcementSpacing, Duration convergence) {
    return new CloudCapabilities(
        TakeoverMode.ANNOUNCE,
        true,
        true,
        false,
        false,
        false,
        false,
        callsPerSecond,
        announcementSpacing,
        convergence,
        Duration.ZERO);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException("cloud capabilities: " + message);
    }
  }
}

package io.havip.testkit.vpc;

import java.time.Duration;

/**
 * How a simulated VPC treats announcements.
 *
 * @param convergenceLeast shortest time from an accepted announcement to its effect
 * @param convergenceMost longest such time; uniform between the two
 * @param announceBurst announcements one interface may send at once; more are dropped
 * @param announcePerSecond how many more each second allows it
 * @param reorder probability, 0 to 1, that an accepted announcement does not wait for those
 *     accepted before it
 * @param stale probability, 0 to 1, that an accepted announcement takes effect a second time, late
 * @param staleAfter how much later
 * @param lossOfHolder what becomes of a mapping whose holder is gone
 */
public record VpcProfile(
    Duration convergenceLeast,
    Duration convergenceMost,
    int announceBurst,
    int announcePerSecond,
    double reorder,
    double stale,
    Duration staleAfter,
    LossOfHolder lossOfHolder) {

  /**
   * 0.1 to 10 s, as Tencent Cloud states. The rate of announcements is not documented: 25 at once
   * and 5 a second let five HAVIPs an interface pass, as advised, when each is announced five times
   * in a burst, which is what Keepalived does.
   */
  public static final VpcProfile DEFAULT =
      new VpcProfile(
          Duration.ofMillis(100),
          Duration.ofSeconds(10),
          25,
          5,
          0,
          0,
          Duration.ofSeconds(15),
          new LossOfHolder.Keep());

  /** 1 to 2 minutes, as older pages state of some regions. */
  public static final VpcProfile SLOW_REGION =
      DEFAULT.withConvergence(Duration.ofSeconds(60), Duration.ofSeconds(120));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a time is negative, the longest time shorter than the
   *     shortest, a count below 1, or a probability outside 0 to 1
   */
  public VpcProfile {
    Ranges.span("convergence time", convergenceLeast, convergenceMost);
    Ranges.positive("burst of announcements", announceBurst);
    Ranges.positive("rate of announcements", announcePerSecond);
    Ranges.probability("reorder", reorder);
    Ranges.probability("stale", stale);
    Ranges.span("time of a stale announcement", Duration.ZERO, staleAfter);
  }

  /**
   * The same with another convergence time.
   *
   * @param least shortest
   * @param most longest
   * @return the changed copy
   */
  public VpcProfile withConvergence(Duration least, Duration most) {
    return new VpcProfile(
        least, most, announceBurst, announcePerSecond, reorder, stale, staleAfter, lossOfHolder);
  }

  /**
   * The same with another limit of announcements.
   *
   * @param burst at once
   * @param perSecond how many more each second allows
   * @return the changed copy
   */
  public VpcProfile withAnnounceLimit(int burst, int perSecond) {
    return new VpcProfile(
        convergenceLeast,
        convergenceMost,
        burst,
        perSecond,
        reorder,
        stale,
        staleAfter,
        lossOfHolder);
  }

  /**
   * The same with another chance that announcements take effect out of order.
   *
   * @param probability 0 to 1
   * @return the changed copy
   */
  public VpcProfile withReorder(double probability) {
    return new VpcProfile(
        convergenceLeast,
        convergenceMost,
        announceBurst,
        announcePerSecond,
        probability,
        stale,
        staleAfter,
        lossOfHolder);
  }

  /**
   * The same with another chance that announcements take effect again.
   *
   * @param probability 0 to 1
   * @param after how much later
   * @return the changed copy
   */
  public VpcProfile withStale(double probability, Duration after) {
    return new VpcProfile(
        convergenceLeast,
        convergenceMost,
        announceBurst,
        announcePerSecond,
        reorder,
        probability,
        after,
        lossOfHolder);
  }

  /**
   * The same with another fate of mappings whose holder is gone.
   *
   * @param policy the fate
   * @return the changed copy
   */
  public VpcProfile withLossOfHolder(LossOfHolder policy) {
    return new VpcProfile(
        convergenceLeast,
        convergenceMost,
        announceBurst,
        announcePerSecond,
        reorder,
        stale,
        staleAfter,
        policy);
  }
}

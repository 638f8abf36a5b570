package io.havip.core.timing;

import java.util.function.LongToDoubleFunction;

/**
 * What a measured lateness means for adverts.
 *
 * <p>Its numbers rest on two assumptions, which its user should know: that the future is like the
 * time that was measured, and that adverts are lost independently of each other.
 *
 * @param measured one sample for each advert interval, see {@link LatenessMeter}
 */
public record TimingAdvisor(Lateness measured) {

  /** RFC 9568 counts intervals in hundredths of a second. */
  private static final long CENTISECOND = 10_000_000L;

  /** The Skew_Time of the least patient peer, priority 254, is 2/256 of the interval. */
  private static final double LEAST_SKEW = 2 / 256.0;

  private static final double DAY_NANOS = 86_400e9;

  /** What nobody has seen in n samples has, with 95 % confidence, a share below 3/n. */
  private static final double UNSEEN = 3;

  private static final double NORMAL_95 = 1.645;

  /**
   * How often peers are expected to take over from a live member.
   *
   * @param seenPerDay if lateness that was not seen does not occur
   * @param atMostPerDay with 95 % confidence in what may have been missed, which is much while
   *     there are few samples
   */
  public record FalseTakeovers(double seenPerDay, double atMostPerDay) {}

  /**
   * {@return how often a peer is expected to take over although this member is alive}
   *
   * <p>A takeover is false if between two adverts that arrive the peer's Active_Down_Timer ends:
   * if, after <i>i</i> lost ones, the next is later than the patience that is left, or if so many
   * are lost that nothing is left. A lost one that was late by an interval or more delays those
   * behind it as much, for the sender counts its next interval from it. With interval T, patience M
   * = kT + skew, loss p, lateness L and R = M - (i+1)T that happens {@code (1-p)/T * (sum over i<k
   * of (1-p) p^i (P(L > R) + i P(L > R, L >= T)) + p^k)} times a second. It is an upper bound as
   * far as the advert that started the timer was late itself, and supposes that lateness is so rare
   * that two do not meet.
   *
   * @param intervalNanos time between adverts, positive
   * @param downMultiplier k, at least 1
   * @param skewNanos the peer's Skew_Time, at most the interval
   * @param loss share of adverts that are lost on the way, from 0 to 1
   */
  public FalseTakeovers falseTakeovers(
      long intervalNanos, int downMultiplier, long skewNanos, double loss) {
    double seen = 0;
    double atMost = 0;
    double allLost = 1;
    for (int i = 0; i < downMultiplier; i++) {
      long left = (downMultiplier - i - 1) * intervalNanos + skewNanos;
      double soManyLost = (1 - loss) * allLost;
      seen += soManyLost * tooLate(this::seen, left, i, intervalNanos);
      atMost += soManyLost * tooLate(this::atMost, left, i, intervalNanos);
      allLost *= loss;
    }
    double heardPerDay = (1 - loss) * DAY_NANOS / intervalNanos;
    return new FalseTakeovers(heardPerDay * (seen + allLost), heardPerDay * (atMost + allLost));
  }

  /**
   * How often the advert that arrives, or one of the lost ones before it, is later than the
   * patience that is left.
   */
  private static double tooLate(
      LongToDoubleFunction laterThan, long left, int lost, long intervalNanos) {
    long leftByLost = Math.max(left, intervalNanos - 1); // less delays nobody
    return Math.min(1, laterThan.applyAsDouble(left) + lost * laterThan.applyAsDouble(leftByLost));
  }

  private double seen(long nanos) {
    return measured.samples() == 0 ? 0 : (double) measured.above(nanos) / measured.samples();
  }

  /** Slightly more than the exact bound of a Poisson count. */
  private double atMost(long nanos) {
    if (measured.samples() == 0) {
      return 1;
    }
    long count = measured.above(nanos);
    return Math.min(
        1, (count + NORMAL_95 * Math.sqrt((double) count) + UNSEEN) / measured.samples());
  }

  /**
   * {@return the shortest advert interval, in nanoseconds, at which the worst lateness so far would
   * have cost no takeover even if one advert had been lost just before} With a multiplier of 1 or
   * 2, which leave no room for a lost advert, only lateness counts. Version 3, and peers of any
   * priority that is not an owner's.
   *
   * @param downMultiplier k, at least 1
   */
  public long shortestInterval(int downMultiplier) {
    int spare = downMultiplier >= 3 ? downMultiplier - 2 : downMultiplier - 1;
    double needed = measured.worst() / (spare + LEAST_SKEW);
    return Math.max(1, (long) Math.ceil(needed / CENTISECOND)) * CENTISECOND;
  }
}

package io.havip.testkit.sim;

import java.time.Duration;

/**
 * Random numbers that depend on a seed and on nothing else: SplitMix64, the same on every JVM.
 *
 * <p>A stream is forked by name, not by order, so that a new user of randomness does not change
 * what the others draw. Not thread-safe.
 */
public final class SimRandom {

  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;
  private static final double ULP = 0x1.0p-53;

  private final long seed;
  private long state;

  /**
   * Starts a stream.
   *
   * @param seed any value
   */
  public SimRandom(long seed) {
    this.seed = seed;
    state = seed;
  }

  /**
   * Starts an independent stream that depends on this one's seed and on a name, and not on what has
   * been drawn from this one.
   *
   * @param name names the use of the stream
   * @return the new stream
   */
  public SimRandom fork(String name) {
    return new SimRandom(mix(Hash.text(mix(seed + GOLDEN), name)));
  }

  /** {@return any value, all equally likely} */
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /**
   * A number below a bound, all equally likely but for a bias of at most {@code bound} in 2^64.
   *
   * @param bound positive
   * @return 0 to {@code bound - 1}
   * @throws IllegalArgumentException if the bound is not positive
   */
  public long below(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("a bound must be positive, not " + bound);
    }
    return Math.unsignedMultiplyHigh(nextLong(), bound);
  }

  /** {@return a fraction, 0 inclusive to 1 exclusive} */
  public double fraction() {
    return (nextLong() >>> 11) * ULP;
  }

  /**
   * True with a probability.
   *
   * @param probability 0 for never, 1 for always
   * @return true or false
   */
  public boolean chance(double probability) {
    return fraction() < probability;
  }

  /**
   * A duration between two others, in nanoseconds, all equally likely.
   *
   * @param least the shortest
   * @param most the longest, inclusive
   * @return a duration from {@code least} to {@code most}
   */
  public Duration between(Duration least, Duration most) {
    long span = most.minus(least).toNanos();
    return least.plusNanos(span <= 0 ? 0 : below(span + 1));
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
    return z ^ z >>> 31;
  }
}

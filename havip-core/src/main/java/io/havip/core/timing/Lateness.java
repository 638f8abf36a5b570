package io.havip.core.timing;

/**
 * How late something ran, counted in classes that grow with the lateness: eight for each doubling,
 * so that a class is an eighth of its lower bound wide. Takes 4 KiB whatever it counts. Not
 * thread-safe.
 */
public final class Lateness {

  private static final int CLASSES_PER_DOUBLING = 8;
  private static final int DOUBLING_BITS = 3;
  private static final int CLASSES = (Long.SIZE - DOUBLING_BITS) * CLASSES_PER_DOUBLING;

  private final long[] counts = new long[CLASSES];
  private long samples;
  private long worst;

  /** Nothing yet. */
  public Lateness() {}

  /**
   * Counts one sample.
   *
   * @param nanos the lateness; a negative one counts as none
   */
  public void add(long nanos) {
    long late = Math.max(0, nanos);
    counts[classOf(late)]++;
    samples++;
    worst = Math.max(worst, late);
  }

  /** {@return how many samples there are} */
  public long samples() {
    return samples;
  }

  /** {@return the greatest lateness in nanoseconds, exactly; 0 without samples} */
  public long worst() {
    return worst;
  }

  /**
   * {@return how many samples may have been later than a bound: those that were, and the others of
   * the class in which the bound lies}
   *
   * @param nanos the bound
   */
  public long above(long nanos) {
    if (nanos >= worst) {
      return 0;
    }
    long count = 0;
    for (int i = classOf(Math.max(0, nanos)); i < CLASSES; i++) {
      count += counts[i];
    }
    return count;
  }

  /**
   * {@return a lateness in nanoseconds that a share of the samples did not exceed, at most an
   * eighth too great; 0 without samples}
   *
   * @param share from 0 to 1
   */
  public long quantile(double share) {
    long wanted = (long) Math.ceil(share * samples);
    long seen = 0;
    for (int i = 0; i < CLASSES; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return Math.min(worst, lastOf(i));
      }
    }
    return worst;
  }

  /** Below eight nanoseconds every value has a class of its own. */
  private static int classOf(long nanos) {
    if (nanos < CLASSES_PER_DOUBLING) {
      return (int) nanos;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - DOUBLING_BITS;
    return shift * CLASSES_PER_DOUBLING + (int) (nanos >>> shift);
  }

  private static long lastOf(int index) {
    if (index < CLASSES_PER_DOUBLING) {
      return index;
    }
    int shift = index / CLASSES_PER_DOUBLING - 1;
    long first = (long) (index % CLASSES_PER_DOUBLING + CLASSES_PER_DOUBLING) << shift;
    return first + (1L << shift) - 1;
  }
}

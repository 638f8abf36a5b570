package io.havip.core.check;

import io.havip.RouterState;
import io.havip.wire.VrrpAdvert;
import java.util.Set;

/**
 * L7: how often a BACKUP takes over although the ACTIVE member lives, on a network that loses a
 * part of all packets. A frequency: it takes long runs, or many. Not thread-safe.
 */
public final class LossTolerance implements Rule {

  private static final double ENOUGH = 20;
  private static final double DEVIATIONS = 4;

  private final double loss;
  private long adverts;
  private double expected;
  private long takeovers;

  /**
   * Counts nothing yet.
   *
   * @param loss the probability that a packet is lost, above 0 and below 1; loss of one packet does
   *     not depend on that of others
   */
  public LossTolerance(double loss) {
    if (!(loss > 0 && loss < 1)) {
      throw new IllegalArgumentException("a loss is above 0 and below 1, not " + loss);
    }
    this.loss = loss;
  }

  @Override
  public String id() {
    return "L7";
  }

  @Override
  public String words() {
    return "a BACKUP takes over from a live ACTIVE member no more often than k adverts are lost in"
        + " a row";
  }

  @Override
  public String condition() {
    return "every packet is lost with the same probability q, and nothing else goes wrong; 20"
        + " takeovers are to be expected";
  }

  @Override
  public String bound() {
    return "one in (1 - q^k) / ((1 - q) q^k) adverts, for each BACKUP; four standard deviations"
        + " more";
  }

  @Override
  public Set<Sense> needs() {
    return Set.of(Sense.STATES, Sense.ADVERTS);
  }

  /**
   * Prepares to count in one run, in which nothing but loss goes wrong.
   *
   * @param scene the group, one member of which has the highest priority
   * @return what is to be shown the sightings of the run
   */
  public Counter counter(Scene scene) {
    return new Counter(scene);
  }

  /** Counts in one run. */
  public final class Counter {

    private final Picture picture;
    private final int best;
    private final double rate;
    private final int vrid;
    private boolean begun;

    private Counter(Scene scene) {
      picture = new Picture(scene);
      int highest = 0;
      for (int i = 1; i < picture.size(); i++) {
        highest = picture.priority(i) > picture.priority(highest) ? i : highest;
      }
      best = highest;
      vrid = scene.members().getFirst().router().vrid();
      double sum = 0;
      for (int i = 0; i < picture.size(); i++) {
        double all = Math.pow(loss, scene.members().get(i).router().downMultiplier());
        sum += i == best ? 0 : (1 - loss) * all / (1 - all);
      }
      rate = sum;
    }

    /**
     * Counts a sighting.
     *
     * @param sighting what was seen
     */
    public void see(Sighting sighting) {
      picture.see(sighting);
      switch (sighting) {
        case Sighting.Advert advert -> {
          boolean counts =
              picture.number(advert.member()) == best
                  && advert.vrid() == vrid
                  && advert.priority() != VrrpAdvert.PRIORITY_RESIGN;
          if (counts && picture.active(best)) {
            begun = true;
            adverts++;
            expected += rate;
          }
        }
        case Sighting.State state -> {
          boolean takes =
              state.to() == RouterState.ACTIVE && picture.number(state.member()) != best;
          if (begun && takes && picture.active(best)) {
            takeovers++;
          }
        }
        default -> {}
      }
    }
  }

  /** {@return how many adverts the best member has sent} */
  public long adverts() {
    return adverts;
  }

  /** {@return how many takeovers are to be expected} */
  public double expected() {
    return expected;
  }

  /** {@return how many there were} */
  public long takeovers() {
    return takeovers;
  }

  /** {@return the verdict so far} UNKNOWN while too few takeovers are to be expected. */
  public Verdict verdict() {
    if (expected < ENOUGH) {
      return Verdict.UNKNOWN;
    }
    return takeovers <= expected + DEVIATIONS * Math.sqrt(expected) ? Verdict.PASS : Verdict.FAIL;
  }
}

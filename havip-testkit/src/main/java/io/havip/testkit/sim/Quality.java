package io.havip.testkit.sim;

import java.time.Duration;

/**
 * How well a path carries frames, in one direction. Frames of one path arrive in the order in which
 * they were sent, unless {@link #reorder} strikes.
 *
 * @param delay the shortest time from sender to receiver
 * @param jitter how much longer it may take, uniformly
 * @param loss probability that a frame is lost, 0 to 1
 * @param duplicate probability that a frame arrives twice, 0 to 1
 * @param reorder probability that a frame is held back so that later ones overtake it, 0 to 1
 * @param heldBack how long such a frame is held back
 */
public record Quality(
    Duration delay,
    Duration jitter,
    double loss,
    double duplicate,
    double reorder,
    Duration heldBack) {

  /** A quiet local network: 0.1 ms, nothing lost. */
  public static final Quality LAN = of(Duration.ofNanos(100_000));

  /** Checks the ranges. */
  public Quality {
    if (delay.isNegative() || jitter.isNegative() || heldBack.isNegative()) {
      throw new IllegalArgumentException("the times of a path must not be negative");
    }
    checkProbability("loss", loss);
    checkProbability("duplicate", duplicate);
    checkProbability("reorder", reorder);
  }

  /**
   * Always the same delay, nothing lost.
   *
   * @param delay from sender to receiver
   * @return the quality
   */
  public static Quality of(Duration delay) {
    return new Quality(delay, Duration.ZERO, 0, 0, 0, Duration.ZERO);
  }

  /**
   * The same with another delay.
   *
   * @param newDelay the shortest time from sender to receiver
   * @param newJitter how much longer it may take
   * @return the changed copy
   */
  public Quality withDelay(Duration newDelay, Duration newJitter) {
    return new Quality(newDelay, newJitter, loss, duplicate, reorder, heldBack);
  }

  /**
   * The same with another loss.
   *
   * @param probability 0 to 1
   * @return the changed copy
   */
  public Quality withLoss(double probability) {
    return new Quality(delay, jitter, probability, duplicate, reorder, heldBack);
  }

  /**
   * The same with other duplication.
   *
   * @param probability 0 to 1
   * @return the changed copy
   */
  public Quality withDuplicate(double probability) {
    return new Quality(delay, jitter, loss, probability, reorder, heldBack);
  }

  /**
   * The same with other reordering.
   *
   * @param probability 0 to 1
   * @param newHeldBack how long a frame is held back
   * @return the changed copy
   */
  public Quality withReorder(double probability, Duration newHeldBack) {
    return new Quality(delay, jitter, loss, duplicate, probability, newHeldBack);
  }

  /** {@return one clause for a person, naming only what is not zero} */
  public String describe() {
    StringBuilder text = new StringBuilder("delay ").append(Times.text(delay));
    if (!jitter.isZero()) {
      text.append(" + up to ").append(Times.text(jitter));
    }
    if (loss > 0) {
      text.append(", loss ").append(loss);
    }
    if (duplicate > 0) {
      text.append(", duplicate ").append(duplicate);
    }
    if (reorder > 0) {
      text.append(", reorder ").append(reorder).append(" by ").append(Times.text(heldBack));
    }
    return text.toString();
  }

  private static void checkProbability(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " is a probability of 0 to 1, not " + value);
    }
  }
}

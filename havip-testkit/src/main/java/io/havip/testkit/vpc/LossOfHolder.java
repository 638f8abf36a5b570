package io.havip.testkit.vpc;

import java.time.Duration;

/**
 * What becomes of a HAVIP's mapping when its holder no longer announces it. Providers do not say.
 */
public sealed interface LossOfHolder {

  /** The mapping stays until another announcement is accepted. */
  record Keep() implements LossOfHolder {}

  /**
   * The mapping goes when nothing has confirmed it for a time.
   *
   * @param after how long; positive
   */
  record AgeOut(Duration after) implements LossOfHolder {

    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public AgeOut {
      if (after.isNegative() || after.isZero()) {
        throw new IllegalArgumentException(
            "a mapping ages out after a positive time, not " + after);
      }
    }
  }

  /** The mapping goes when the interface is detached or its instance stopped. */
  record Unbind() implements LossOfHolder {}
}

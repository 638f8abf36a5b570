package io.havip.testkit.scenario;

import io.havip.testkit.sim.Fault;
import java.time.Duration;

/**
 * Something that happens at a time.
 *
 * @param at virtual time since the start, not negative
 * @param what what happens
 */
public record Step(Duration at, Happening what) {

  /** Checks the time. */
  public Step {
    if (at.isNegative()) {
      throw new IllegalArgumentException("a step is not before the start, not at " + at);
    }
  }

  /**
   * {@return a fault that strikes}
   *
   * @param at virtual time since the start
   * @param fault what goes wrong
   */
  public static Step of(Duration at, Fault fault) {
    return new Step(at, new Happening.Strike(fault));
  }

  /**
   * {@return the same at another time}
   *
   * @param value virtual time since the start
   */
  public Step withAt(Duration value) {
    return new Step(value, what);
  }

  /** {@return the words of a scenario file} */
  @Override
  public String toString() {
    return "at " + Lengths.text(at) + " " + HappeningText.text(what);
  }
}

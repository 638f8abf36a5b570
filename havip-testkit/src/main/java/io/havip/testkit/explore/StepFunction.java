package io.havip.testkit.explore;

import io.havip.core.election.ElectionConfig;
import io.havip.core.election.ElectionState;
import io.havip.core.election.Input;
import io.havip.core.election.Step;

/** The election that is explored: {@code Election::step}, or one with a planted bug. */
@FunctionalInterface
public interface StepFunction {

  /**
   * One step, without side effects.
   *
   * @param config the member's constants
   * @param state its state
   * @param input what happened
   * @param now the time in nanoseconds
   * @return its next state and what it does
   */
  Step step(ElectionConfig config, ElectionState state, Input input, long now);
}

package io.havip.core.election;

import java.util.List;

/**
 * The result of one step.
 *
 * @param state the state from now on
 * @param actions what the caller has to do, in this order
 */
public record Step(ElectionState state, List<Action> actions) {

  /** Copies the list. */
  public Step {
    actions = List.copyOf(actions);
  }
}

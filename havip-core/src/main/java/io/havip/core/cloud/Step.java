package io.havip.core.cloud;

import java.util.List;

/**
 * The result of one step.
 *
 * @param state the state from now on
 * @param actions what the caller has to do, in this order
 */
public record Step(ReconcilerState state, List<Action> actions) {

  /** Copies the list. */
  public Step {
    actions = List.copyOf(actions);
  }
}

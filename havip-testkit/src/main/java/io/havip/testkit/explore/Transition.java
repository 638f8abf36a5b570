package io.havip.testkit.explore;

import io.havip.core.election.Action;
import java.util.List;

/**
 * One step from a world to the next.
 *
 * @param before the world before
 * @param move what happened
 * @param member the member that ran, or -1 if none did
 * @param actions what it did, in order
 * @param after the world after
 */
public record Transition(World before, Move move, int member, List<Action> actions, World after) {

  /** Copies the list. */
  public Transition {
    actions = List.copyOf(actions);
  }
}

package io.havip.testkit.explore;

import io.havip.RouterState;
import io.havip.core.election.ElectionState;

/**
 * One member of a group at one moment.
 *
 * @param up whether its host runs
 * @param state its election, on the world's clock; that of a fresh process if it is down
 */
public record Member(boolean up, ElectionState state) {

  /** {@return whether it is ACTIVE} */
  public boolean active() {
    return up && state.state() == RouterState.ACTIVE;
  }
}

package io.havip.testkit.explore;

import io.havip.RouterState;
import io.havip.core.election.ElectionState;
import org.jspecify.annotations.Nullable;

/**
 * One member of a group at one moment.
 *
 * @param up whether its host runs
 * @param state its election, on the world's clock; that of a fresh process if it is down
 * @param question whether the link is being asked for the address, or null
 */
public record Member(boolean up, ElectionState state, @Nullable Question question) {

  /**
   * A probe under way.
   *
   * @param until when silence becomes the answer, on the world's clock
   * @param held whether another member held the address when it was asked for
   */
  public record Question(long until, boolean held) {

    Question earlier(long nanos) {
      return new Question(until - nanos, held);
    }
  }

  Member(boolean up, ElectionState state) {
    this(up, state, null);
  }

  Member later(long nanos) {
    return new Member(
        up, state.normalized(nanos), question == null ? null : question.earlier(nanos));
  }

  /** {@return whether it is ACTIVE} */
  public boolean active() {
    return up && state.state() == RouterState.ACTIVE;
  }
}

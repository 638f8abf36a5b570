package io.havip.core.election;

import io.havip.Cause;
import io.havip.RouterState;
import java.util.List;

/** When the routers of a sync group become ACTIVE, and when they have to leave. Pure. */
public final class SyncRules {

  private SyncRules() {}

  /**
   * A router of the group.
   *
   * @param router its name
   * @param state its state
   * @param ready whether it waits for the group only
   * @param cause why it is in its state
   */
  public record Member(String router, RouterState state, boolean ready, Cause cause) {}

  /** What has to be done. */
  public sealed interface Verdict {

    /** Nothing. */
    record Nothing() implements Verdict {}

    /** Every router becomes ACTIVE. */
    record TakeOver() implements Verdict {}

    /**
     * Every ACTIVE router leaves.
     *
     * @param because a router that is not ACTIVE
     */
    record Leave(Member because) implements Verdict {}
  }

  /**
   * Judges a group whose routers have done all they had to do.
   *
   * @param members all routers of the group
   * @return what has to be done
   */
  public static Verdict judge(List<Member> members) {
    if (members.stream().allMatch(m -> m.state() == RouterState.BACKUP && m.ready())) {
      return new Verdict.TakeOver();
    }
    if (members.stream().anyMatch(m -> m.state() == RouterState.ACTIVE)) {
      return members.stream()
          .filter(m -> m.state() != RouterState.ACTIVE)
          .findFirst()
          .<Verdict>map(Verdict.Leave::new)
          .orElseGet(Verdict.Nothing::new);
    }
    return new Verdict.Nothing();
  }

  /**
   * {@return the state of the group: ACTIVE if all its routers are, FAULT or INITIALIZE if one is,
   * else BACKUP}
   *
   * @param members all routers of the group
   */
  public static RouterState state(List<Member> members) {
    List<RouterState> states = members.stream().map(Member::state).toList();
    for (RouterState worst : List.of(RouterState.FAULT, RouterState.INITIALIZE)) {
      if (states.contains(worst)) {
        return worst;
      }
    }
    return states.contains(RouterState.BACKUP) ? RouterState.BACKUP : RouterState.ACTIVE;
  }
}

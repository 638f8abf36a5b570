package io.havip.testkit.scenario;

import io.havip.testkit.sim.Fault;

/** What can happen to a group: something goes wrong, or somebody operates a member. */
public sealed interface Happening {

  /**
   * A fault strikes, or ends.
   *
   * @param fault one that concerns {@link Scenario#SEGMENT} and {@link Scenario#INTERFACE} only
   */
  record Strike(Fault fault) implements Happening {}

  /**
   * What a health check of a member finds changes. A member that is told so anywhere in a scenario
   * has such a check, which runs as often as adverts are sent and finds it fit at first.
   *
   * @param member the member
   * @param fit whether it is fit from now on
   */
  record Health(String member, boolean fit) implements Happening {}
}

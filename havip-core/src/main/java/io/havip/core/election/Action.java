package io.havip.core.election;

import io.havip.Cause;
import io.havip.RouterState;
import io.havip.net.IpAddress;

/** What the caller has to do after a step, in the order given. */
public sealed interface Action {

  /**
   * Send an advert to the group or to each peer.
   *
   * @param priority the priority to put in; 0 resigns
   */
  record SendAdvert(int priority) implements Action {}

  /** Let the application prepare to serve; report the end as {@link Input.Prepared}. */
  record Prepare() implements Action {}

  /** Interrupt the application's preparation; its result no longer matters. */
  record CancelPrepare() implements Action {}

  /**
   * Ask the link whether anybody answers for the address; report the end as {@link Input.Probed}.
   *
   * @param until the time at which silence is the answer
   */
  record Probe(long until) implements Action {}

  /** Bind the addresses. */
  record Bind() implements Action {}

  /** Take the addresses off. */
  record Unbind() implements Action {}

  /**
   * Announce the addresses to the neighbours.
   *
   * @param repeat how many times each, at least 1
   */
  record Announce(int repeat) implements Action {}

  /**
   * Tell that the state changed.
   *
   * @param from the state before
   * @param to the state after
   * @param cause why
   */
  record ReportState(RouterState from, RouterState to, Cause cause) implements Action {}

  /**
   * Tell that another member that loses the comparison advertises while this one is ACTIVE.
   *
   * @param peer the other member
   * @param priority its priority
   */
  record ReportLowerPriority(IpAddress peer, int priority) implements Action {}
}

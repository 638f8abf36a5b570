package io.havip.core.election;

import io.havip.Cause;
import io.havip.net.IpAddress;
import org.jspecify.annotations.Nullable;

/** What a virtual router reacts to. */
public sealed interface Input {

  /**
   * The router begins to take part (the Startup event of RFC 9568 section 6.4.1).
   *
   * @param fault what makes it unfit from the start, or null
   */
  record Startup(@Nullable String fault) implements Input {}

  /** The router stops taking part (the Shutdown event). */
  record Shutdown() implements Input {}

  /** A deadline of the state may have passed. Harmless when none has. */
  record TimerDue() implements Input {}

  /**
   * An advert arrived that passed {@link ReceiveRules}.
   *
   * @param source the sender
   * @param priority its priority, 0 to 255; 0 says that it resigns
   * @param intervalNanos its interval
   * @param receivedAt when the host received it, which may be well before it is looked at
   */
  record AdvertReceived(IpAddress source, int priority, long intervalNanos, long receivedAt)
      implements Input {}

  /**
   * The effective priority changed.
   *
   * @param priority 1 to 255
   */
  record PriorityChanged(int priority) implements Input {}

  /**
   * Something the router depends on failed.
   *
   * @param what the dependency and its condition
   */
  record FaultRaised(String what) implements Input {}

  /**
   * The configuration of this step and the next ones is another. Comes before any other input under
   * the new configuration.
   *
   * @param before the configuration of the steps so far
   */
  record ConfigChanged(ElectionConfig before) implements Input {}

  /** Everything the router depends on works again. */
  record FaultCleared() implements Input {}

  /** All routers of the sync group wait for nothing but each other. */
  record GroupReady() implements Input {}

  /**
   * Another router of the sync group is not ACTIVE.
   *
   * @param cause names it
   */
  record GroupLeft(Cause.GroupLeft cause) implements Input {}

  /** Another router of the sync group heard a member of lower priority. */
  record GroupContested() implements Input {}

  /**
   * An interface works again that carries the addresses: its neighbours may know nothing of them.
   */
  record Reconnected() implements Input {}

  /**
   * The platform found this process stalled, took the addresses off and sent the resignation in its
   * place.
   */
  record Fenced() implements Input {}

  /**
   * Somebody took an address off. After a stall it was the fence, and the step stands down; it does
   * nothing else.
   */
  record AddressLost() implements Input {}

  /**
   * A probe ended.
   *
   * @param answered whether a neighbour answers for the address
   */
  record Probed(boolean answered) implements Input {}

  /**
   * The host slept, and its monotonic clock with it. Comes before anything else that is given after
   * the sleep.
   *
   * @param nanos for how long
   */
  record Slept(long nanos) implements Input {}

  /**
   * The application finished what it does before serving.
   *
   * @param failure why it could not, or null if it is ready
   */
  record Prepared(@Nullable String failure) implements Input {}
}

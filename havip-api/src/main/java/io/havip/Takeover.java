package io.havip;

import java.time.Duration;

/**
 * The application's part in a takeover: what must be done before this member may answer for the
 * addresses, such as promoting a database.
 *
 * <p>VRRP has no number that would fence off a former holder, and a cloud that has one gives it
 * only with the takeover, after this. It reaches the application as {@link
 * HavipEvent.CloudConfirmed#epoch} in a {@link HavipListener}: whoever passes it to the store that
 * it writes to, writes from that event on, not from {@link Callback#prepare} on.
 *
 * @param callback what to do
 * @param timeout longest time it may take; the router resigns when it is over
 */
public record Takeover(Callback callback, Duration timeout) {

  /** Checks the range. */
  public Takeover {
    Durations.requireDelay("a prepare timeout", timeout);
    if (!timeout.isPositive()) {
      throw new HavipConfigException("a prepare timeout must be positive, not " + timeout);
    }
  }

  /** Prepares to serve. */
  @FunctionalInterface
  public interface Callback {

    /**
     * Called on a worker thread after the router became ACTIVE and before its addresses are bound;
     * adverts go on meanwhile. Interrupted when the timeout is over or the router loses its state.
     *
     * @param router the name of the router
     * @throws Exception makes the router resign
     */
    void prepare(String router) throws Exception;
  }
}

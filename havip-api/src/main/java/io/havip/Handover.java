package io.havip;

import java.time.Duration;

/**
 * The application's part in giving the addresses up, the counterpart of {@link Takeover}: what must
 * be done before, or at the latest after, another member answers for them, such as demoting a
 * database.
 *
 * <p>The calls of one router, those of {@link Takeover.Callback} included, run one at a time and in
 * order: one that does not end holds up the next. Whenever {@link Takeover.Callback#prepare} was
 * begun or the addresses were bound, exactly one of {@link Callback#demote} and {@link
 * Callback#lost} follows, before the next preparation begins. No call begins after {@link
 * HavipNode#close} has returned.
 *
 * @param callback what to do
 * @param timeout longest time that {@link Callback#demote} may take; when it is over, the call is
 *     interrupted and the addresses are given up all the same
 */
public record Handover(Callback callback, Duration timeout) {

  /** Checks the range. */
  public Handover {
    if (!timeout.isPositive() || timeout.compareTo(Duration.ofHours(1)) > 0) {
      throw new HavipConfigException(
          "a handover timeout must be positive and at most an hour, not " + timeout);
    }
  }

  /** Stops serving. */
  @FunctionalInterface
  public interface Callback {

    /**
     * Called on a worker thread when this member leaves of its own accord: the node closes, the
     * router is taken out of the configuration or changed so that it starts anew, or a health check
     * failed while the router's interface works. The router is still ACTIVE: its addresses are
     * bound and its adverts go on until this returns, so that no other member takes over. Then the
     * addresses are taken off, and then the others are told that they are free.
     *
     * <p>If another member takes over meanwhile all the same, the addresses are taken off at once,
     * and this call is what the application hears of it.
     *
     * @param router the name of the router
     * @throws Exception is reported; the router leaves all the same
     */
    void demote(String router) throws Exception;

    /**
     * Called on a worker thread after this member had to leave at once: another member took over,
     * the interface failed, the process woke too late, or the application could not prepare. The
     * addresses are off the host already. By default the same as {@link #demote}.
     *
     * @param router the name of the router
     * @throws Exception is reported
     */
    default void lost(String router) throws Exception {
      demote(router);
    }
  }
}

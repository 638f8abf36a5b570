package io.havip.spi;

import java.util.Optional;

/**
 * Silences a host for virtual addresses that its process cannot give up any more, because it died
 * or does not run.
 *
 * <p>Belongs to the loop.
 */
@FunctionalInterface
public interface Fencing {

  /**
   * Puts a virtual router under guard. It is shut at first.
   *
   * @param router whom to guard
   * @param listener told when somebody has acted in the router's place
   * @return the guard; the caller closes it when the addresses are off the host
   */
  Guard guard(GuardedRouter router, GuardListener listener);

  /**
   * Looks whether a fence that was required of this platform can act for a router. Asked before a
   * router starts or changes, so that it may be refused as long as nothing has happened.
   *
   * @param router what would be guarded, without its resignation
   * @return why it cannot, as a sentence without its end; empty if it can or nothing is required
   */
  default Optional<String> objection(GuardedRouter router) {
    return Optional.empty();
  }

  /** {@return what a platform without any fence has} */
  static Fencing none() {
    return (router, listener) -> Guard.NONE;
  }

  /** Hears that the router was given up in its place. */
  @FunctionalInterface
  interface GuardListener {

    /**
     * The addresses were taken off and the router's resignation was sent, because this process did
     * not run for too long. Called on the loop, before anything that is due in the same turn. The
     * guard is shut.
     */
    void resigned();
  }
}

package io.havip.spi;

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

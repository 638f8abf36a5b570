package io.havip.spi;

/**
 * The fences around one virtual router. All methods belong to the loop and do not block.
 *
 * <p>A guard is open from {@link #renew} until {@link #shut}, until the stall bound of its {@link
 * #fence} has passed without another {@code renew}, or until the process dies. While it is shut the
 * host need not answer for the addresses, even if they are bound.
 */
public interface Guard extends AutoCloseable {

  /** The guard of a platform that has no fence. */
  Guard NONE =
      new Guard() {
        @Override
        public void renew() {}

        @Override
        public void shut() {}

        @Override
        public void update(GuardedRouter router) {}

        @Override
        public Fence fence() {
          return new Fence.None();
        }

        @Override
        public void close() {}
      };

  /**
   * The router is ACTIVE and an advert of it has just been given to the channel. Opens the guard,
   * or keeps it open for another stall bound, counted from this call. Does nothing between the end
   * of a stall that was too long and the call of {@link Fencing.GuardListener#resigned}.
   */
  void renew();

  /**
   * The router gives its addresses up: the host does not answer for them any more. Idempotent. No
   * resignation will be sent in the router's place from now on.
   */
  void shut();

  /**
   * Another configuration of the same router. An open guard stays open.
   *
   * @param router what to guard from now on; its name is the same
   */
  void update(GuardedRouter router);

  /** {@return what is in force for this router at present, with its bounds} */
  Fence fence();

  /** Ends the guard and leaves nothing of it on the host. Idempotent. */
  @Override
  void close();
}

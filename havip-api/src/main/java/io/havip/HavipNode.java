package io.havip;

/**
 * A running member of one or more virtual routers. Obtained from {@link #builder}; runs until
 * closed.
 *
 * <p>All methods may be called from any thread. A node keeps no thread alive that would hold up the
 * end of the JVM, and installs no shutdown hook: the application closes it on every way out.
 */
public interface HavipNode extends AutoCloseable {

  /**
   * Prepares a node.
   *
   * @param config what it runs
   * @return a builder to start it with
   */
  static HavipNodeBuilder builder(HavipConfig config) {
    return new HavipNodeBuilder(config);
  }

  /**
   * Prepares a node with one virtual router.
   *
   * @param router what it runs
   * @return a builder to start it with
   */
  static HavipNodeBuilder builder(VirtualRouterConfig router) {
    return builder(HavipConfig.of(router));
  }

  /** {@return what the node runs; after {@link #apply} the new configuration} */
  HavipConfig config();

  /**
   * Changes what the node runs, without a failover where none is needed.
   *
   * <p>Routers are told apart by their names. One whose configuration is equal to the old one is
   * not touched at all. Priority, interval, addresses, transport, authentication, preemption,
   * announcements, dependencies and callbacks change in place: an ACTIVE router stays ACTIVE, binds
   * and announces added addresses, and takes removed ones off. A longer interval is announced for
   * as many adverts as may be missing before the router slows down, so that no peer loses patience;
   * in version 2 all members must be given the new interval together, for they refuse each other's
   * adverts otherwise (RFC 3768 section 7.1). A health check that is new on a running router costs
   * nothing until its first result; one with the name of an old check goes on from its result.
   * Anything else, such as another VRID, interface or version, makes the router leave its group and
   * join the new one, as closing and starting it would; so do all routers of a sync group if the
   * group or one of its routers comes, goes or starts anew. The start delay matters only at the
   * start.
   *
   * <p>All or nothing: what the host may refuse is tried before anything changes. Calls are applied
   * one after the other.
   *
   * @param next the whole new configuration
   * @return what became of each router; returns when it is in effect, after the application's
   *     demotion where a router leaves
   * @throws HavipConfigException if the host contradicts the configuration; nothing has changed
   * @throws HavipPlatformException if the host refuses something, such as the reservation of an
   *     address; nothing has changed. Also if the loop does not answer
   * @throws IllegalStateException if the node is closed
   */
  Reconfiguration apply(HavipConfig next);

  /**
   * {@return the state of the node, taken on its loop after the current turn; once the node is
   * closed, its state at the end}
   */
  NodeSnapshot snapshot();

  /**
   * Adds a listener. It hears what happens from now on.
   *
   * @param listener called in order, one event at a time
   */
  void addListener(HavipListener listener);

  /**
   * Leaves every group: ACTIVE routers let the application demote itself if it wants to ({@link
   * Handover}), take their addresses off, then resign so that a BACKUP takes over within its
   * Skew_Time. Idempotent. Returns when the addresses are gone and the application's callbacks and
   * listeners have heard of it; it waits for the longest handover timeout and five seconds more at
   * most.
   */
  @Override
  void close();
}

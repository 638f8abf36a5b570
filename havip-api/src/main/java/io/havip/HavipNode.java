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

  /** {@return what the node runs} */
  HavipConfig config();

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

package io.havip;

/** Hears the events of a node. */
@FunctionalInterface
public interface HavipListener {

  /**
   * Something happened. Called one event at a time, in order, on the node's callback executor,
   * never on the thread that runs the protocol: a slow listener delays later events, not the
   * election. What it throws is logged.
   *
   * @param event what happened
   */
  void onEvent(HavipEvent event);
}

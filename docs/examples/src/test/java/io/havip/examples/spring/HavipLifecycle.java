package io.havip.examples.spring;

import io.havip.HavipNode;
import io.havip.HavipNodeBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Joins the group when everything else runs, and leaves it before anything else stops: the address
 * is never where nobody serves.
 */
class HavipLifecycle implements SmartLifecycle {

  private final HavipNodeBuilder builder;
  private @Nullable HavipNode node;

  HavipLifecycle(HavipNodeBuilder builder) {
    this.builder = builder;
  }

  /** The running node. */
  synchronized Optional<HavipNode> node() {
    return Optional.ofNullable(node);
  }

  @Override
  public synchronized void start() {
    node = builder.start();
  }

  @Override
  public synchronized void stop() {
    HavipNode running = node;
    if (running != null) {
      node = null;
      running.close();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return node != null;
  }

  /** The highest phase starts last and stops first. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}

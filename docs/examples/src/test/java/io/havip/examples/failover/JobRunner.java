package io.havip.examples.failover;

import io.havip.Handover;
import io.havip.VirtualRouterConfigBuilder;
import java.time.Duration;

/** A service: of all its processes the one that holds the address runs the jobs. */
class JobRunner implements Handover.Callback {

  private boolean running;

  /** Joins the group as in production. */
  void join(VirtualRouterConfigBuilder router) {
    router
        .healthCheck("database", this::databaseAnswers)
        .beforeServing(name -> start(), Duration.ofSeconds(5))
        .beforeLeaving(this, Duration.ofSeconds(5));
  }

  boolean databaseAnswers() {
    return true;
  }

  final void start() {
    running = true;
  }

  boolean running() {
    return running;
  }

  @Override
  public void demote(String router) {
    running = false;
  }

  @Override
  public void lost(String router) {
    running = false;
  }
}

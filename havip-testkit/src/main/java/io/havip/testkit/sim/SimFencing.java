package io.havip.testkit.sim;

import io.havip.spi.Fence;
import io.havip.spi.Fencing;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;

/**
 * Says which fence the host has. The simulated fence takes off whatever the process has bound, when
 * the process dies or its loop does not run: it needs no renewal.
 */
final class SimFencing implements Fencing {

  private final SimProcess process;

  SimFencing(SimProcess process) {
    this.process = process;
  }

  @Override
  public Guard guard(GuardedRouter router, GuardListener listener) {
    return new Guard() {
      @Override
      public void renew() {}

      @Override
      public void shut() {}

      @Override
      public void update(GuardedRouter next) {}

      @Override
      public Fence fence() {
        return process.fence();
      }

      @Override
      public void close() {}
    };
  }
}

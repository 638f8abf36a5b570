package io.havip.core.node;

import io.havip.spi.Platform;
import java.util.concurrent.RejectedExecutionException;

/** The way from the loop to a worker and back. */
final class WorkerRun {

  private WorkerRun() {}

  /**
   * Runs a task on a worker, and then something on the loop.
   *
   * @return false if no worker takes the task; then neither runs
   */
  static boolean start(Platform platform, Runnable task, Runnable then) {
    try {
      platform
          .workers()
          .execute(() -> {
            task.run();
            platform.execute(then);
          });
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }
}

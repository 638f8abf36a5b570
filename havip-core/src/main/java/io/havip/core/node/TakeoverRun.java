package io.havip.core.node;

import io.havip.Takeover;
import io.havip.spi.Platform;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of the application's callback, on a worker. Its end is reported on the loop unless
 * cancelled before.
 */
final class TakeoverRun {

  private final FutureTask<?> task;
  private boolean cancelled;

  /**
   * Starts the call.
   *
   * @param whenEnded receives the failure, or null for success
   */
  TakeoverRun(
      Takeover takeover, String router, Platform platform, Consumer<@Nullable String> whenEnded) {
    task =
        new FutureTask<>(
            () -> {
              String failure = call(takeover, router);
              platform.execute(() -> {
                if (!cancelled) {
                  whenEnded.accept(failure);
                }
              });
            },
            null);
    platform.workers().execute(task);
  }

  void cancel() {
    cancelled = true;
    task.cancel(true);
  }

  private static @Nullable String call(Takeover takeover, String router) {
    try {
      takeover.callback().prepare(router);
      return null;
    } catch (InterruptedException e) {
      return "interrupted";
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return e.toString();
    }
  }
}

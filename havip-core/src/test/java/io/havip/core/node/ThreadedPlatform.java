package io.havip.core.node;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A loop, timers and workers with real threads, and no network. */
final class ThreadedPlatform implements TimersOnly {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService workers = Executors.newCachedThreadPool();

  /** Runs something on the loop and returns its result. */
  <T> T onLoop(Callable<T> task) throws Exception {
    return loop.submit(task).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Runs something on the loop and waits for its end. */
  void runOnLoop(Runnable task) throws Exception {
    loop.submit(task).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public String description() {
    return "threads without a network";
  }

  @Override
  public void execute(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      // Closed: tasks are dropped silently.
    }
  }

  @Override
  public boolean inLoop() {
    return false;
  }

  @Override
  public Executor workers() {
    return workers;
  }

  @Override
  public void close() {
    loop.shutdownNow();
    workers.shutdownNow();
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public Instant wallTime() {
    return Instant.now();
  }

  @Override
  public Deadline newDeadline(Runnable onDue) {
    return new Deadline() {
      private @Nullable Future<?> armed;

      @Override
      public void arm(long atNanos) {
        disarm();
        armed = loop.schedule(onDue, atNanos - now(), TimeUnit.NANOSECONDS);
      }

      @Override
      public void disarm() {
        if (armed != null) {
          armed.cancel(false);
        }
      }
    };
  }
}

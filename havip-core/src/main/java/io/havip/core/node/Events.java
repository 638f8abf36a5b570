package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.HavipListener;
import io.havip.spi.Timers;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs events and hands them to the listeners: in order, one at a time, away from the loop.
 * Callable from any thread.
 */
final class Events {

  private static final Logger LOG = LoggerFactory.getLogger("io.havip.node");

  private final Executor executor;
  private final Timers timers;
  private final List<HavipListener> listeners;
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private boolean draining;

  Events(Executor executor, Timers timers, List<HavipListener> listeners) {
    this.executor = executor;
    this.timers = timers;
    this.listeners = new CopyOnWriteArrayList<>(listeners);
  }

  void add(HavipListener listener) {
    listeners.add(listener);
  }

  HavipEvent.At now() {
    return new HavipEvent.At(timers.wallTime(), timers.now());
  }

  void publish(HavipEvent event) {
    log(event);
    enqueue(() -> deliver(event));
  }

  /** Completes when everything published so far has been delivered. */
  CompletableFuture<@Nullable Void> drained() {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    enqueue(() -> done.complete(null));
    return done;
  }

  private void enqueue(Runnable task) {
    synchronized (queue) {
      queue.add(task);
      if (draining) {
        return;
      }
      draining = true;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      LOG.warn("the callback executor takes no more tasks; events are dropped", e);
      synchronized (queue) {
        queue.clear();
        draining = false;
      }
    }
  }

  private void drain() {
    while (true) {
      Runnable task;
      synchronized (queue) {
        task = queue.poll();
        if (task == null) {
          draining = false;
          return;
        }
      }
      task.run();
    }
  }

  private void deliver(HavipEvent event) {
    for (HavipListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException e) {
        LOG.error("a listener failed on: {} {}", event.subject(), event.describe(), e);
      }
    }
  }

  private static void log(HavipEvent event) {
    switch (event) {
      case HavipEvent.OperationFailed failed ->
          LOG.error("{}: {}", failed.subject(), failed.describe());
      case HavipEvent.AdvertRefused refused ->
          LOG.warn("{}: {}", refused.subject(), refused.describe());
      case HavipEvent.AddressLost lost -> LOG.warn("{}: {}", lost.subject(), lost.describe());
      default -> LOG.info("{}: {}", event.subject(), event.describe());
    }
  }
}

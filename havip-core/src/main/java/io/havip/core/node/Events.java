package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.HavipListener;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
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
  private final Executor loop;
  private final Timers timers;
  private final List<HavipListener> listeners;
  private final Queue<Item> queue = new ArrayDeque<>();
  private final Map<String, Queue<HavipEvent>> held = new ConcurrentHashMap<>();
  private boolean draining;
  private volatile @Nullable Thread drainer;
  private volatile Consumer<HavipEvent> tap = event -> {};
  private final Map<String, Consumer<HavipEvent>> followers = new ConcurrentHashMap<>();
  private final EventLog log = new EventLog(LOG);
  private final Flight flight;

  Events(Executor executor, Platform platform, List<HavipListener> listeners) {
    this.executor = executor;
    loop = platform::execute;
    timers = platform.timers();
    flight = new Flight(platform);
    this.listeners = new CopyOnWriteArrayList<>(listeners);
  }

  void add(HavipListener listener) {
    listeners.add(listener);
  }

  /** Gives events to something at once, on the thread that publishes them. */
  void tap(Consumer<HavipEvent> to) {
    tap = to;
  }

  /** What tells flight recordings. */
  Flight flight() {
    return flight;
  }

  /** Gives the events of one subject to something at once, on the thread that publishes them. */
  void follow(String subject, Consumer<HavipEvent> follower) {
    followers.put(subject, follower);
  }

  void unfollow(String subject) {
    followers.remove(subject);
  }

  HavipEvent.At now() {
    return new HavipEvent.At(timers.wallTime(), timers.now());
  }

  /** The monotonic time alone. */
  long nanos() {
    return timers.now();
  }

  /**
   * Keeps back what is published of a router until {@link #release}. A takeover of many routers
   * does first what ends the outage of each, and tells of it afterwards.
   */
  void hold(String subject) {
    held.computeIfAbsent(subject, s -> new ArrayDeque<>());
  }

  /** Publishes what was kept back, in its order. */
  void release(String subject) {
    Queue<HavipEvent> kept = held.remove(subject);
    if (kept != null) {
      kept.forEach(this::publish);
    }
  }

  void publish(HavipEvent event) {
    Queue<HavipEvent> kept = held.get(event.subject());
    if (kept != null) {
      kept.add(event);
      return;
    }
    enqueue(new Delivery(event));
    tap.accept(event);
    Consumer<HavipEvent> follower = followers.get(event.subject());
    if (follower != null) {
      follower.accept(event);
    }
  }

  /** Whether the calling thread is delivering an event just now: it cannot wait for itself. */
  boolean delivering() {
    return drainer == Thread.currentThread();
  }

  /** Completes when everything published so far has been delivered. */
  CompletableFuture<@Nullable Void> drained() {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    enqueue(new Marker(done));
    return done;
  }

  private sealed interface Item {}

  private record Delivery(HavipEvent event) implements Item {}

  private record Marker(CompletableFuture<@Nullable Void> done) implements Item {}

  private void enqueue(Item item) {
    synchronized (queue) {
      queue.add(item);
      if (draining) {
        return;
      }
      draining = true;
    }
    // After the current turn of the loop: starting a worker must not delay an announcement.
    loop.execute(this::startDraining);
  }

  private void startDraining() {
    try {
      executor.execute(this::drain);
    } catch (RuntimeException e) {
      LOG.warn("the callback executor takes no more tasks; listeners hear nothing", e);
      drop();
    }
  }

  private void drop() {
    List<Item> dropped;
    synchronized (queue) {
      dropped = List.copyOf(queue);
      queue.clear();
      draining = false;
    }
    for (Item item : dropped) {
      switch (item) {
        case Delivery delivery -> log.write(delivery.event());
        case Marker marker -> marker.done().complete(null);
      }
    }
  }

  private void drain() {
    drainer = Thread.currentThread();
    for (Item item = next(); item != null; item = next()) {
      switch (item) {
        case Delivery delivery -> deliver(delivery.event());
        case Marker marker -> marker.done().complete(null);
      }
    }
  }

  private @Nullable Item next() {
    synchronized (queue) {
      Item item = queue.poll();
      if (item == null) {
        draining = false;
        drainer = null;
      }
      return item;
    }
  }

  /** Also logs, for a log may block, and the loop must not. */
  private void deliver(HavipEvent event) {
    log.write(event);
    for (HavipListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (Throwable e) {
        LOG.error("a listener failed on: {} {}", event.subject(), event.describe(), e);
      }
    }
  }
}

package io.havip.core.node;

import io.havip.Handover;
import io.havip.HavipConfig;
import io.havip.HavipEngine;
import io.havip.HavipEvent;
import io.havip.HavipException;
import io.havip.HavipListener;
import io.havip.HavipNode;
import io.havip.HavipPlatformException;
import io.havip.NodeSnapshot;
import io.havip.Reconfiguration;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node: its routers on one platform. Public methods from any thread, everything else on the loop.
 */
final class Node implements HavipNode {

  private static final Logger LOG = LoggerFactory.getLogger("io.havip.node");
  private static final long LOOP_WAIT_SECONDS = 5;

  /** A start rehearses a takeover with code that has never run, on a host that may be busy. */
  private static final long START_WAIT_SECONDS = 60;

  private volatile HavipConfig config;
  private final Platform platform;
  private final boolean ownsPlatform;
  private final Events events;
  private final RouterSet routers;
  private final Notifier notifier;
  private Timers.@Nullable Deadline startDelay;

  /** The change in progress: it waits for routers that leave. */
  private @Nullable CompletableFuture<@Nullable Void> applying;

  private final ReentrantLock applyInTurn = new ReentrantLock();
  private volatile @Nullable NodeSnapshot lastSnapshot;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Completes when the addresses are given up and the application has heard of it. */
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  Node(HavipEngine.Request request, Platform platform, boolean ownsPlatform) {
    config = request.config();
    this.platform = platform;
    this.ownsPlatform = ownsPlatform;
    events =
        new Events(
            request.callbackExecutor().orElseGet(platform::workers), platform, request.listeners());
    routers = new RouterSet(platform, events, config);
    notifier = new Notifier(platform, events, config);
    events.tap(notifier::accept);
  }

  Node start() {
    try {
      onLoop(
          () -> {
            startOnLoop();
            return true;
          },
          START_WAIT_SECONDS);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    LOG.info("node {} runs on {}", config.name(), platform.description());
    return this;
  }

  private void startOnLoop() {
    routers.open(config);
    notifier.start();
    if (config.startDelay().isZero()) {
      routers.start();
    } else {
      startDelay = platform.timers().newDeadline(routers::start);
      startDelay.arm(platform.timers().now() + config.startDelay().toNanos());
    }
  }

  @Override
  public Reconfiguration apply(HavipConfig next) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    if (platform.inLoop()) {
      return applyOnLoop(next, done);
    }
    applyInTurn.lock();
    try {
      Duration limit = handoverLimit().plusSeconds(LOOP_WAIT_SECONDS);
      Reconfiguration changes = onLoop(() -> applyOnLoop(next, done));
      awaitCalmly(done, limit);
      return changes;
    } finally {
      applyInTurn.unlock();
    }
  }

  private Reconfiguration applyOnLoop(HavipConfig next, CompletableFuture<@Nullable Void> done) {
    if (closed.get()) {
      throw new IllegalStateException("the node is closed");
    }
    if (applying != null) {
      throw new IllegalStateException("an earlier change of the configuration is in progress");
    }
    Reconfiguration changes = ConfigDiff.of(config, next);
    RouterSet.Plan plan = routers.plan(next, changes);
    applying = done;
    notifier.removing(changes);
    routers.stop(
        plan.departing(),
        () -> {
          applying = null;
          config = next;
          notifier.reconfigure(next);
          routers.change(plan);
          events.publish(new HavipEvent.Reconfigured(events.now(), next.name(), changes));
          done.complete(null);
        });
    return changes;
  }

  @Override
  public HavipConfig config() {
    return config;
  }

  @Override
  public NodeSnapshot snapshot() {
    NodeSnapshot last = lastSnapshot;
    return last != null ? last : onLoop(this::snapshotOnLoop);
  }

  private NodeSnapshot snapshotOnLoop() {
    return new NodeSnapshot(
        config.name(),
        platform.description(),
        events.now(),
        routers.all().stream().map(Router::snapshot).toList(),
        routers.strangers(),
        routers.groups(),
        routers.timing());
  }

  @Override
  public void addListener(HavipListener listener) {
    events.add(listener);
  }

  @Override
  public void close() {
    boolean mayWait = !platform.inLoop() && !events.delivering();
    try {
      if (closed.compareAndSet(false, true)) {
        if (platform.inLoop()) {
          stopOnLoop();
        } else {
          platform.execute(this::stopOnLoop);
        }
      }
      if (mayWait) {
        Duration limit = handoverLimit().plus(Notifier.limit(config));
        awaitCalmly(ended, limit.plusSeconds(LOOP_WAIT_SECONDS));
        awaitCalmly(events.drained(), Duration.ofSeconds(LOOP_WAIT_SECONDS));
      }
    } catch (HavipException e) {
      LOG.warn("node {} could not end in order: {}", config.name(), e.getMessage());
      platform.execute(() -> routers.all().forEach(r -> r.application().abandon()));
    } finally {
      if (ownsPlatform) {
        if (mayWait) {
          platform.close();
        } else {
          var unused = ended.whenComplete((done, failure) -> platform.close());
        }
      }
    }
  }

  private Duration handoverLimit() {
    return config.routers().stream()
        .flatMap(r -> r.handover().stream())
        .map(Handover::timeout)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private void stopOnLoop() {
    if (startDelay != null) {
      startDelay.disarm();
    }
    routers.stop(routers.all(), this::stopped);
  }

  private void stopped() {
    if (applying != null) {
      applying.complete(null);
    }
    lastSnapshot = snapshotOnLoop();
    routers.close();
    Stream<CompletableFuture<?>> applications =
        routers.all().stream().map(r -> r.application().idleAfterShut());
    var unused =
        CompletableFuture.allOf(
                Stream.concat(applications, Stream.of(notifier.shut()))
                    .toArray(CompletableFuture<?>[]::new))
            .thenRun(() -> ended.complete(null));
  }

  private <T> T onLoop(Supplier<T> task) {
    return onLoop(task, LOOP_WAIT_SECONDS);
  }

  private <T> T onLoop(Supplier<T> task, long waitSeconds) {
    if (platform.inLoop()) {
      return task.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    platform.execute(() -> {
      try {
        result.complete(task.get());
      } catch (RuntimeException | Error e) {
        result.completeExceptionally(e);
      }
    });
    return await(result, waitSeconds);
  }

  /**
   * Waits in bounds whether interrupted or not, and keeps the interrupt: a caller in a hurry must
   * not close the platform under routers that still hold addresses.
   */
  private void awaitCalmly(CompletableFuture<?> result, Duration limit) {
    long until = platform.timers().now() + limit.toNanos();
    boolean interrupted = Thread.interrupted();
    try {
      while (!result.isDone()) {
        try {
          get(result, Duration.ofNanos(Math.max(0, until - platform.timers().now())));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T extends @Nullable Object> T await(CompletableFuture<T> result, long waitSeconds) {
    try {
      return get(result, Duration.ofSeconds(waitSeconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HavipPlatformException("interrupted while waiting for the loop", e);
    }
  }

  private <T extends @Nullable Object> T get(CompletableFuture<T> result, Duration limit)
      throws InterruptedException {
    try {
      return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case HavipException known -> throw known;
        case null, default -> throw new CompletionException(e.getCause());
      }
    } catch (TimeoutException e) {
      throw new HavipPlatformException(
          "the loop, a callback or a listener of "
              + platform.description()
              + " did not answer within "
              + limit.toSeconds()
              + " s",
          e);
    }
  }
}

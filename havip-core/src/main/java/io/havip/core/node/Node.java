package io.havip.core.node;

import io.havip.Handover;
import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.HavipEngine;
import io.havip.HavipException;
import io.havip.HavipListener;
import io.havip.HavipNode;
import io.havip.HavipPlatformException;
import io.havip.NodeSnapshot;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node: its routers on one platform. Public methods from any thread, everything else on the loop.
 */
final class Node implements HavipNode {

  private static final Logger LOG = LoggerFactory.getLogger("io.havip.node");
  private static final long LOOP_WAIT_SECONDS = 5;

  private final HavipConfig config;
  private final Platform platform;
  private final boolean ownsPlatform;
  private final Events events;
  private final Dependencies dependencies;
  private final List<Router> routers = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final Map<HubKey, AdvertHub> hubs = new LinkedHashMap<>();
  private final List<IpAddress> reserved = new ArrayList<>();
  private Timers.@Nullable Deadline startDelay;
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
    dependencies = new Dependencies(platform, events, config.routers());
  }

  Node start() {
    try {
      onLoop(() -> {
        startOnLoop();
        return true;
      });
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    LOG.info("node {} runs on {}", config.name(), platform.description());
    return this;
  }

  private void startOnLoop() {
    config.routers().forEach(this::checkInterface);
    if (platform.realTime()) {
      Rehearsal.play(config.routers().getFirst(), platform.links());
    }
    config.syncGroups().forEach(g -> groups.add(new Group(g, events)));
    for (VirtualRouterConfig router : config.routers()) {
      reserve(router);
      AdvertHub hub =
          hubs.computeIfAbsent(new HubKey(router.interfaceName(), router.family()), this::newHub);
      Router runtime = new Router(router, platform, events, dependencies, hub, group(router));
      hub.register(runtime, runtime.group());
      dependencies.connect(runtime);
      routers.add(runtime);
      Group group = group(router);
      if (group != null) {
        group.add(runtime);
      }
    }
    routers.forEach(Router::clearLeftovers);
    hubs.values().forEach(AdvertHub::open);
    dependencies.start();
    if (config.startDelay().isZero()) {
      startRouters();
    } else {
      startDelay = platform.timers().newDeadline(this::startRouters);
      startDelay.arm(platform.timers().now() + config.startDelay().toNanos());
    }
  }

  private void startRouters() {
    groups.forEach(Group::start);
    // All before the first: a router starts with the faults of its group.
    routers.forEach(Router::assess);
    routers.forEach(Router::start);
  }

  private @Nullable Group group(VirtualRouterConfig router) {
    for (Group group : groups) {
      if (group.config().routers().contains(router.name())) {
        return group;
      }
    }
    return null;
  }

  private AdvertHub newHub(HubKey key) {
    var tracker = dependencies.link(key.interfaceName());
    AdvertHub hub = new AdvertHub(key.interfaceName(), key.family(), platform, tracker, events);
    tracker.add(hub);
    return hub;
  }

  private void checkInterface(VirtualRouterConfig router) {
    Link link =
        platform
            .links()
            .find(router.interfaceName())
            .orElseThrow(() ->
                new HavipConfigException(
                    "virtual router \"%s\": this host has no interface \"%s\""
                        .formatted(router.name(), router.interfaceName())));
    if (link.loopback()) {
      throw new HavipConfigException(
          "virtual router \"%s\": %s is a loopback interface, which reaches no other member"
              .formatted(router.name(), router.interfaceName()));
    }
  }

  private void reserve(VirtualRouterConfig router) {
    for (VirtualAddress address : router.allAddresses()) {
      switch (platform.addresses().reserve(address.address())) {
        case Outcome.Done done -> reserved.add(address.address());
        case Outcome.Failed failed ->
            throw new HavipPlatformException(
                "virtual router \"" + router.name() + "\": " + failed.describe(), null);
      }
    }
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
        platform.timers().wallTime(),
        routers.stream().map(Router::snapshot).toList(),
        hubs.values().stream().flatMap(AdvertHub::strangers).toList(),
        groups.stream().map(Group::snapshot).toList());
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
        awaitCalmly(ended, handoverLimit().plusSeconds(LOOP_WAIT_SECONDS));
        awaitCalmly(events.drained(), Duration.ofSeconds(LOOP_WAIT_SECONDS));
      }
    } catch (HavipException e) {
      LOG.warn("node {} could not end in order: {}", config.name(), e.getMessage());
      platform.execute(() -> routers.forEach(r -> r.application().abandon()));
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

  /** Every router leaves at its own pace: one application's demotion holds up no other router. */
  private void stopOnLoop() {
    if (startDelay != null) {
      startDelay.disarm();
    }
    groups.forEach(Group::dissolve);
    stopAll(routers, this::stopped);
  }

  private static void stopAll(List<Router> leaving, Runnable then) {
    List<Router> left = new ArrayList<>(leaving);
    if (left.isEmpty()) {
      then.run();
    }
    for (Router router : leaving) {
      router.stop(() -> {
        left.remove(router);
        if (left.isEmpty()) {
          then.run();
        }
      });
    }
  }

  private void stopped() {
    dependencies.stop();
    lastSnapshot = snapshotOnLoop();
    hubs.values().forEach(AdvertHub::close);
    reserved.forEach(platform.addresses()::release);
    var unused =
        CompletableFuture.allOf(
                routers.stream()
                    .map(r -> r.application().idleAfterShut())
                    .toArray(CompletableFuture<?>[]::new))
            .thenRun(() -> ended.complete(null));
  }

  private <T> T onLoop(Supplier<T> task) {
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
    return await(result);
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

  private <T extends @Nullable Object> T await(CompletableFuture<T> result) {
    try {
      return get(result, Duration.ofSeconds(LOOP_WAIT_SECONDS));
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

  private record HubKey(String interfaceName, IpFamily family) {}
}

package io.havip.core.observe;

import io.havip.HavipNode;
import io.havip.NodeSnapshot;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.wire.RefusalReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A node's state and counters as Micrometer meters: bind it to a registry when the node runs. Needs
 * {@code io.micrometer:micrometer-core}, which the application brings.
 *
 * <p>Each router of the configuration at that time gets its meters, with the tags {@code node} and
 * {@code router}; {@code docs/operations.md} lists them. All meters that are read within a second
 * share one snapshot.
 */
@SuppressWarnings("exports") // who uses it has Micrometer
public final class HavipMeters implements MeterBinder {

  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  private final HavipNode node;
  private final Object lock = new Object();
  private @Nullable NodeSnapshot snapshot;
  private long takenAt;

  /**
   * Meters of a node.
   *
   * @param node the running node; after its end the meters show how it ended
   */
  public HavipMeters(HavipNode node) {
    this.node = node;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (VirtualRouterConfig router : node.config().routers()) {
      bind(registry, router.name(), Tags.of("node", node.config().name(), "router", router.name()));
    }
  }

  private void bind(MeterRegistry registry, String router, Tags tags) {
    for (RouterState state : RouterState.values()) {
      gauge(
          registry,
          "havip.router.state",
          router,
          tags.and("state", state.name()),
          r -> r.state() == state ? 1 : 0);
    }
    gauge(registry, "havip.router.priority", router, tags, RouterSnapshot::priority);
    gauge(registry, "havip.router.holding", router, tags, r -> r.holding() ? 1 : 0);
    count(registry, "havip.adverts.sent", router, tags, r -> r.counters().advertsSent());
    count(registry, "havip.adverts.accepted", router, tags, r -> r.counters().advertsAccepted());
    count(
        registry,
        "havip.adverts.lower.priority",
        router,
        tags,
        r -> r.counters().lowerPriorityHeard());
    count(
        registry, "havip.announcements.sent", router, tags, r -> r.counters().announcementsSent());
    count(registry, "havip.became.active", router, tags, r -> r.counters().becameActive());
    count(registry, "havip.left.active", router, tags, r -> r.counters().leftActive());
    count(registry, "havip.late.wakes", router, tags, r -> r.counters().lateWakes());
    count(
        registry,
        "havip.properties.violated",
        router,
        tags,
        r -> r.violations().stream().mapToLong(RouterSnapshot.Violation::count).sum());
    for (RefusalReason reason : RefusalReason.values()) {
      count(
          registry,
          "havip.packets.refused",
          router,
          tags.and("reason", reason.id()),
          r ->
              r.refusals().stream()
                  .filter(refusal -> refusal.reason() == reason)
                  .mapToLong(RouterSnapshot.RefusalCount::count)
                  .sum());
    }
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String router,
      Tags tags,
      ToDoubleFunction<RouterSnapshot> value) {
    Gauge.builder(name, this, meters -> meters.read(router, value))
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private void count(
      MeterRegistry registry,
      String name,
      String router,
      Tags tags,
      ToDoubleFunction<RouterSnapshot> value) {
    FunctionCounter.builder(name, this, meters -> meters.read(router, value))
        .tags(tags)
        .register(registry);
  }

  private double read(String router, ToDoubleFunction<RouterSnapshot> value) {
    try {
      return value.applyAsDouble(fresh().router(router));
    } catch (NoSuchElementException e) {
      return Double.NaN; // another configuration has no such router
    }
  }

  private NodeSnapshot fresh() {
    synchronized (lock) {
      long now = System.nanoTime();
      NodeSnapshot known = snapshot;
      if (known == null || now - takenAt > FRESH) {
        known = node.snapshot();
        snapshot = known;
        takenAt = now;
      }
      return known;
    }
  }
}

package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.RouterSnapshot.Violation;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.core.check.Finding;
import io.havip.core.monitor.SelfWatch;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.Timers;
import io.havip.wire.VrrpAdvert;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows a router's life to the checks of the named properties, and counts what they find. On the
 * loop; an event of the router reaches it when it is published.
 *
 * <p>That an address was put on or taken off is what the platform says. Whether the kernel agrees
 * is looked up a little after each change, so that a takeover does not wait for it.
 */
final class RouterMonitor {

  private static final long CENTISECOND = 10_000_000L;

  private final boolean grouped;
  private final Platform platform;
  private final Events events;
  private final RouterCounters counters;
  private final Timers.Deadline deadline;
  private final Timers.Deadline audit;
  private final Map<String, Tally> violations = new TreeMap<>();
  private final Set<IpAddress> answering = new HashSet<>();
  private VirtualRouterConfig config;
  private Runnable tell = () -> {};
  private long lateness;
  private long armedAt = Long.MAX_VALUE;
  private long auditAt = Long.MAX_VALUE;
  private @Nullable SelfWatch watch;

  /** What the host refused last, if nothing has succeeded since: perhaps before the start. */
  private Outcome.@Nullable Failed unsolved;

  /** What is true now, for a watch that begins in the middle. */
  private HavipEvent.@Nullable StateChanged latest;

  RouterMonitor(
      VirtualRouterConfig config,
      boolean grouped,
      Platform platform,
      Events events,
      RouterCounters counters) {
    this.config = config;
    this.grouped = grouped;
    this.platform = platform;
    this.events = events;
    this.counters = counters;
    lateness = SelfWatch.lateness(config);
    deadline = platform.timers().newDeadline(this::due);
    audit = platform.timers().newDeadline(this::look);
  }

  /**
   * Other settings of the same group. A member that changes its interval keeps its old rhythm for a
   * while, so the new ones are judged after that.
   */
  void reconfigure(VirtualRouterConfig next) {
    long longer = Math.max(config.advertInterval().toNanos(), next.advertInterval().toNanos());
    config = next;
    lateness = SelfWatch.lateness(next);
    watch = null;
    armedAt = platform.timers().now() + (next.downMultiplier() + 1) * longer;
    deadline.arm(armedAt, slack());
  }

  void stop() {
    watch = null;
    deadline.disarm();
    audit.disarm();
  }

  /** The router begins to take part: what it does from now on is judged. */
  void start() {
    watch = begin(platform.timers().now());
  }

  /**
   * Sets what publishes that which the router keeps back to tell of it later: time must not pass
   * here before it.
   */
  void tellFirst(Runnable task) {
    tell = task;
  }

  /** Hears of what its router publishes. */
  void accept(HavipEvent event) {
    long now = event.at().nanos();
    overdue(now);
    if (event instanceof HavipEvent.StateChanged change) {
      latest = change;
      auditSoon();
    } else if (event instanceof HavipEvent.AddressLost) {
      auditSoon();
    }
    SelfWatch open = watch;
    if (open != null) {
      tell(open, event, now);
      arm(open);
    }
    switch (event) {
      case HavipEvent.AddressBound e -> {
        answering.add(e.address().address());
        unsolved = null;
      }
      case HavipEvent.AddressReleased e -> {
        answering.remove(e.address().address());
        unsolved = null;
      }
      default -> {}
    }
  }

  private static void tell(SelfWatch open, HavipEvent event, long now) {
    switch (event) {
      case HavipEvent.StateChanged e ->
          open.changed(now, e.from(), e.to(), e.priority(), e.cause());
      case HavipEvent.AddressBound e -> open.address(now, e.address().address(), true);
      case HavipEvent.AddressReleased e -> open.address(now, e.address().address(), false);
      case HavipEvent.AddressLost e -> {
        open.addressLost(now, e.address().address());
        open.address(now, e.address().address(), true); // put back at once, or a failure follows
      }
      case HavipEvent.PriorityChanged e -> open.priority(now, e.to());
      case HavipEvent.OperationFailed e -> open.hostRefused(now, e.failure().describe());
      default -> {}
    }
  }

  /** The host refused an operation, be it published or not. */
  void refused(Outcome.Failed failure) {
    long now = platform.timers().now();
    overdue(now);
    unsolved = failure;
    SelfWatch open = watch;
    if (open != null) {
      open.hostRefused(now, failure.describe());
      arm(open);
    }
  }

  /** An advert leaves. */
  void sent(int priority) {
    long now = platform.timers().now();
    overdue(now);
    SelfWatch open = watch;
    if (open != null) {
      open.sent(now, priority);
      arm(open);
    }
  }

  /** An advert was accepted; the election has not heard of it yet. */
  void heard(ReceivedAdvert message, VrrpAdvert advert) {
    long now = platform.timers().now();
    ran(message.receivedAt(), now, "an advert");
    SelfWatch open = watch;
    if (open != null) {
      open.heard(
          now,
          message.receivedAt(),
          message.source(),
          advert.priority(),
          advert.intervalCentiseconds() * CENTISECOND);
      arm(open);
    }
  }

  /** The loop comes to something now that it was to come to then. */
  void ran(long then, long now, String what) {
    tell.run();
    overdue(now);
    if (now - then > lateness) {
      late(then, now, what);
    }
  }

  private void late(long then, long now, String what) {
    counters.lateWakes++;
    events.flight().lateWake(config.name(), what, now - then);
    SelfWatch open = watch;
    if (open != null) {
      open.late(then - 1, now); // what was due at that very instant is late too
    }
  }

  /**
   * After a standstill whatever has waited comes in any order, and may come before the timer here:
   * what was to be judged then was not seen.
   */
  private void overdue(long now) {
    long then = armedAt;
    if (then < now - lateness) {
      armedAt = Long.MAX_VALUE;
      late(then, now, "the monitor's timer");
    }
  }

  /** The interface, or what is on it, is not as it was. */
  void linkChanged() {
    tell.run();
    long now = platform.timers().now();
    overdue(now);
    SelfWatch open = watch;
    if (open != null) {
      open.linkChanged(now, "an interface changed");
      arm(open);
    }
    auditSoon();
  }

  private void auditSoon() {
    if (auditAt == Long.MAX_VALUE) {
      auditAt = platform.timers().now() + lateness;
      audit.arm(auditAt, slack());
    }
  }

  /** What the kernel says. */
  private void look() {
    long now = platform.timers().now();
    ran(auditAt, now, "the look at the kernel");
    auditAt = Long.MAX_VALUE;
    SelfWatch open = watch;
    if (open == null || !config.localAddresses()) {
      return;
    }
    for (VirtualAddress each : config.allAddresses()) {
      IpAddress address = each.address();
      Optional<Link> link = platform.links().find(config.interfaceOf(each));
      boolean answers = link.filter(l -> l.has(address)).isPresent();
      if (answers ? answering.add(address) : answering.remove(address)) {
        open.found(now, address, answers);
      }
    }
    arm(open);
  }

  private void due() {
    long now = platform.timers().now();
    tell.run();
    overdue(now);
    armedAt = Long.MAX_VALUE;
    SelfWatch open = watch;
    if (open == null) {
      open = begin(now);
    } else {
      open.due(now);
    }
    arm(open);
  }

  /** Begins anew, in the middle of the router's life. */
  private SelfWatch begin(long now) {
    SelfWatch open = new SelfWatch(config, grouped, now, this::broken);
    watch = open;
    Outcome.Failed failure = unsolved;
    if (failure != null) {
      open.hostRefused(now, failure.describe());
    }
    HavipEvent.StateChanged known = latest;
    if (known != null && known.to() != RouterState.INITIALIZE) {
      answering.forEach(address -> open.found(now, address, true));
      open.changed(now, RouterState.INITIALIZE, known.to(), known.priority(), known.cause());
      auditSoon();
    }
    return open;
  }

  private void arm(SelfWatch open) {
    long at = open.nextDeadline();
    if (at != armedAt && (at < armedAt || armedAt <= platform.timers().now())) {
      armedAt = at;
      if (at == Long.MAX_VALUE) {
        deadline.disarm();
      } else {
        deadline.arm(at, slack());
      }
    }
  }

  /**
   * Nothing that is judged depends on so little, and a deadline of its own for each of many routers
   * would wake the loop more often than their adverts do.
   */
  private long slack() {
    return lateness / 4;
  }

  private void broken(Finding finding) {
    HavipEvent.At now = events.now();
    Tally tally = violations.computeIfAbsent(finding.check(), id -> new Tally());
    tally.count++;
    tally.last = now.wall();
    tally.example = finding.what();
    events.flight().violated(config.name(), finding.check(), finding.what());
    if (tally.events.passes(now.nanos())) {
      events.publish(
          new HavipEvent.PropertyViolated(
              now, config.name(), finding.check(), finding.what(), tally.count));
    }
  }

  List<Violation> violations() {
    return violations.entrySet().stream()
        .map(e ->
            new Violation(e.getKey(), e.getValue().count, e.getValue().last, e.getValue().example))
        .toList();
  }

  private static final class Tally {
    private long count;
    private final RateLimit events = new RateLimit();
    private Instant last = Instant.EPOCH;
    private String example = "";
  }
}

package io.havip.core.node;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.NodeSnapshot;
import io.havip.VirtualRouterConfig;
import io.havip.core.timing.Lateness;
import io.havip.core.timing.LatenessMeter;
import io.havip.core.timing.TimingAdvisor;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;

/**
 * How late the loop serves its deadlines, from the start of the node to its end, and a warning when
 * that is too late for the configured interval.
 *
 * <p>A BACKUP has no deadline that comes due, and would know nothing of itself before it is ACTIVE.
 * So a beat goes on beside the routers: a hundred times a second while everybody listens anyway,
 * ten times a second at most after that.
 */
final class Punctuality {

  private static final long PROBE_NANOS = 2_000_000_000L;
  private static final long PROBE_BEAT = 10_000_000L;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long BEAT = 100_000_000L;

  private final Platform platform;
  private final Events events;
  private final Timers.Deadline beat;
  private final LatenessMeter meter;
  private String node;
  private VirtualRouterConfig tightest;
  private long beatAt;
  private long probeUntil;
  private long warnedOf;

  Punctuality(HavipConfig config, Platform platform, Events events) {
    this.platform = platform;
    this.events = events;
    node = config.name();
    tightest = tightest(config);
    meter = new LatenessMeter(interval());
    beat = platform.timers().newDeadline(this::beat);
  }

  /** The router that forgives least. */
  private static VirtualRouterConfig tightest(HavipConfig config) {
    return config.routers().stream()
        .min(Comparator.comparing(r -> r.advertInterval().multipliedBy(r.downMultiplier())))
        .orElseThrow();
  }

  private long interval() {
    return tightest.advertInterval().toNanos();
  }

  /** Where code takes no time nothing is late: a simulator is spared the beat. */
  void start() {
    if (platform.realTime()) {
      long now = platform.timers().now();
      probeUntil = now + PROBE_NANOS;
      beatAt = now + PROBE_BEAT;
      beat.arm(beatAt);
    }
  }

  void reconfigure(HavipConfig config) {
    node = config.name();
    tightest = tightest(config);
    meter.slot(interval());
    warnedOf = 0;
  }

  void stop() {
    beat.disarm();
  }

  /** A deadline of a router was served. */
  void served(long dueAt, long servedAt) {
    meter.served(dueAt, servedAt);
  }

  private void beat() {
    long now = platform.timers().now();
    meter.served(beatAt, now);
    boolean probing = now < probeUntil;
    beatAt = now + (probing ? PROBE_BEAT : Math.max(BEAT, interval()));
    beat.arm(beatAt);
    if (!probing) {
      judge();
    }
  }

  /** Tells of lateness that matters once, and again when it has doubled. */
  private void judge() {
    Lateness measured = meter.lateness();
    long worst = measured.worst();
    if (worst < 2 * warnedOf) {
      return;
    }
    long advised = new TimingAdvisor(measured).shortestInterval(tightest.downMultiplier());
    if (advised > interval()) {
      warnedOf = worst;
      events.publish(new HavipEvent.Warning(events.now(), node, warning(worst, advised)));
    }
  }

  private String warning(long worst, long advised) {
    return String.format(
        Locale.ROOT,
        "the loop of this process ran up to %.1f ms late; peers may take over from %s although it"
            + " lives, with adverts every %d ms; what was measured allows an interval of %d ms",
        worst / NANOS_PER_MILLI,
        tightest.name(),
        interval() / (long) NANOS_PER_MILLI,
        advised / (long) NANOS_PER_MILLI);
  }

  NodeSnapshot.Timing snapshot() {
    Lateness measured = meter.lateness();
    return new NodeSnapshot.Timing(
        measured.samples(),
        Duration.ofNanos(measured.quantile(0.5)),
        Duration.ofNanos(measured.quantile(0.99)),
        Duration.ofNanos(measured.worst()),
        Duration.ofNanos(new TimingAdvisor(measured).shortestInterval(tightest.downMultiplier())));
  }
}

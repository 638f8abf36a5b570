package io.havip.core.lint;

import io.havip.HealthCheckConfig;
import io.havip.Track;
import io.havip.VirtualRouterConfig;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** How soon a check takes a busy moment for a failure, and how late it notices a real one. */
final class CheckRules {

  /**
   * A loaded virtual machine may take a second to start a script; twice that is still no failure.
   */
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

  private final Findings findings;

  CheckRules(Findings findings) {
    this.findings = findings;
  }

  void check(Member member) {
    Set<HealthCheckConfig> checks = new LinkedHashSet<>();
    member.routers().forEach(router -> checks(router).forEach(checks::add));
    for (HealthCheckConfig check : checks) {
      if (patience(check).compareTo(LEAST_PATIENCE) < 0) {
        findings.warn(
            CloudRule.IMPATIENT_CHECK,
            member.scriptPlace(check.name(), "timeout", "interval"),
            check.name(),
            String.format(
                Locale.ROOT,
                "%.1f s without an answer count as a failure (timeout %.1f s, interval %.1f s, fall"
                    + " %d): a busy moment moves the address",
                seconds(patience(check)),
                seconds(check.timeout()),
                seconds(check.interval()),
                check.fall()),
            "set fall 2 or more, or interval and timeout to 2 or more");
      }
    }
  }

  /** Longest time from a failure to its report: it begins just after a good run. */
  static Duration slowest(VirtualRouterConfig router) {
    return checks(router)
        .map(c -> c.interval().multipliedBy(c.fall()).plus(c.timeout()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Shortest time of silence that is taken for a failure. */
  private static Duration patience(HealthCheckConfig check) {
    return check.interval().multipliedBy(check.fall() - 1L).plus(check.timeout());
  }

  private static Stream<HealthCheckConfig> checks(VirtualRouterConfig router) {
    return router.tracks().stream()
        .filter(Track.Check.class::isInstance)
        .map(track -> ((Track.Check) track).check());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}

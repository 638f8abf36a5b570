package io.havip.core.check;

import io.havip.CloudConfig;
import io.havip.Preemption;
import io.havip.VirtualRouterConfig;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The lengths of a scene, in nanoseconds: T, M, skew, D, L and what follows from them. */
final class Bounds {

  private final Scene scene;

  /** T: the longest interval between adverts. */
  final long interval;

  /** The shortest of these intervals. */
  private final long shortest;

  /** M: the longest Active_Down_Interval. */
  final long patience;

  /** L: the longest lateness of a timer. */
  final long lateness;

  /** What the cloud's mapping takes to follow; 0 without a cloud. */
  final long mapping;

  /** ε = D + L. */
  final long epsilon;

  /**
   * After so much quiet the group is of one mind: M + 2 ε, and with a preemption delay P another M
   * + P, for it counts from the first advert of whom it is to hold off.
   */
  final long settle;

  Bounds(Scene scene) {
    this.scene = scene;
    long longestInterval = 0;
    long shortestInterval = Long.MAX_VALUE;
    for (Scene.Actor actor : scene.members()) {
      longestInterval = Math.max(longestInterval, actor.router().advertInterval().toNanos());
      shortestInterval = Math.min(shortestInterval, actor.router().advertInterval().toNanos());
    }
    interval = longestInterval;
    shortest = shortestInterval;
    long longest = 0;
    long extra = 0;
    for (int i = 0; i < scene.members().size(); i++) {
      VirtualRouterConfig router = scene.members().get(i).router();
      longest = Math.max(longest, patience(i, router.priority()));
      long delay = preemptDelay(router);
      long prepare = router.takeover().map(t -> t.timeout().toNanos()).orElse(0L);
      extra = Math.max(extra, (delay > 0 ? delay + longest : 0) + prepare);
    }
    patience = longest;
    mapping = scene.mappingSettles().map(Duration::toNanos).orElse(0L);
    lateness = scene.longestLateness().toNanos();
    epsilon = scene.longestDelay().toNanos() + lateness;
    settle = patience + extra + 2 * epsilon;
  }

  /**
   * Skew_Time of a member that follows one with adverts every so many nanoseconds (RFC 9568 section
   * 6.1; RFC 3768 for version 2).
   */
  long skew(int member, int priority, long every) {
    long unit = router(member).version() == VrrpVersion.V2 ? 1_000_000_000L : every;
    return (256 - priority) * unit / 256;
  }

  /** M of a member that follows one with adverts every so many nanoseconds. */
  long patience(int member, int priority, long every) {
    return router(member).downMultiplier() * every + skew(member, priority, every);
  }

  /** The longest M of a member, whomever it follows. */
  long patience(int member, int priority) {
    return patience(member, priority, interval);
  }

  static long preemptDelay(VirtualRouterConfig router) {
    return router.preemption() instanceof Preemption.After after ? after.delay().toNanos() : 0;
  }

  static boolean preempts(VirtualRouterConfig router) {
    return router.owner() || router.preemption() instanceof Preemption.After;
  }

  VirtualRouterConfig router(int member) {
    return scene.members().get(member).router();
  }

  /** Why the priorities may change, or the application decides too, unseen by a judge. */
  Optional<String> unsteady() {
    for (Scene.Actor actor : scene.members()) {
      VirtualRouterConfig router = actor.router();
      if (!router.tracks().isEmpty()) {
        return Optional.of(actor.name() + " tracks what is not seen here");
      }
      if (router.takeover().isPresent()) {
        return Optional.of(actor.name() + " may refuse to prepare, which is not seen here");
      }
      if (router.cloud().flatMap(CloudConfig::faultAfter).isPresent()) {
        return Optional.of(actor.name() + " leaves when the cloud is out of reach");
      }
    }
    return Optional.empty();
  }

  /** Why more than one backup may take over at once. */
  Optional<String> crowded() {
    for (int i = 0; i < scene.members().size(); i++) {
      for (int j = 0; j < i; j++) {
        long gap = gap(i, j);
        if (gap <= epsilon) {
          return Optional.of(
              "%s and %s wait for lengths that differ by %s, no more than D + L = %s"
                  .formatted(
                      scene.members().get(j).name(),
                      scene.members().get(i).name(),
                      text(gap),
                      text(epsilon)));
        }
      }
    }
    return Optional.empty();
  }

  /** By how much two members wait apart at least, be it after a resignation or a silence. */
  private long gap(int one, int other) {
    int low = router(one).priority();
    int high = router(other).priority();
    return Math.min(
        Math.abs(skew(one, low, shortest) - skew(other, high, shortest)),
        Math.abs(patience(one, low, shortest) - patience(other, high, shortest)));
  }

  /** Why two backups that claim an address at one moment may both bind it. */
  Optional<String> hasty() {
    for (Scene.Actor actor : scene.members()) {
      long roundTrip = actor.router().quickClaim().toNanos();
      if (scene.members().size() > 2 && roundTrip > 0 && roundTrip < 2 * epsilon) {
        return Optional.of(
            "%s claims within a round trip of %s, shorter than 2 (D + L) = %s"
                .formatted(actor.name(), text(roundTrip), text(2 * epsilon)));
      }
    }
    return Optional.empty();
  }

  static String text(long nanos) {
    return Duration.ofNanos(nanos).toString().substring(2).toLowerCase(Locale.ROOT);
  }
}

package io.havip.core.lint;

import io.havip.VirtualRouterConfig;
import io.havip.core.election.ElectionConfig;
import java.time.Duration;
import java.util.Locale;

/**
 * How long clients wait when a member takes over: what VRRP needs to notice, and what the cloud
 * needs to follow. The documented switching times of a cloud hold the second part only.
 *
 * @param router the virtual router
 * @param place where it was written
 * @param activeDownInterval silence until this member takes over (RFC 9568 section 6.1)
 * @param advertInterval time between adverts; a crash comes up to this long after the last one
 * @param skew wait after a resignation
 * @param slowestCheck longest time until a failed check is a failure, zero without checks
 * @param fastestMove shortest time until the cloud follows the announcement
 * @param slowestMove longest such time
 */
public record FailoverTime(
    String router,
    Place place,
    Duration activeDownInterval,
    Duration advertInterval,
    Duration skew,
    Duration slowestCheck,
    Duration fastestMove,
    Duration slowestMove) {

  static FailoverTime of(
      VirtualRouterConfig router, Place place, Duration slowestCheck, CloudProfile cloud) {
    // The intervals do not depend on the own address, which only breaks ties.
    var election = ElectionConfig.of(router, router.addresses().getFirst().address());
    long interval = election.intervalNanos();
    return new FailoverTime(
        router.name(),
        place,
        Duration.ofNanos(election.activeDownInterval(router.priority(), interval)),
        router.advertInterval(),
        Duration.ofNanos(election.skew(router.priority(), interval)),
        slowestCheck,
        cloud.fastestMove(),
        cloud.slowestMove());
  }

  /**
   * From the crash of the holder until this member serves, at best: it crashed just before it would
   * have advertised.
   *
   * @return the time
   */
  public Duration shortestAfterCrash() {
    return activeDownInterval.minus(advertInterval).plus(fastestMove);
  }

  /**
   * From the crash of the holder until this member serves, at worst.
   *
   * @return the time
   */
  public Duration longestAfterCrash() {
    return activeDownInterval.plus(slowestMove);
  }

  /**
   * From an orderly leave of the holder until this member serves, at worst.
   *
   * @return the time
   */
  public Duration longestAfterLeave() {
    return skew.plus(slowestMove);
  }

  /**
   * From the failure of what the holder checks until this member serves, at worst.
   *
   * @return the time; without checks, that after a leave
   */
  public Duration longestAfterFailedCheck() {
    return slowestCheck.plus(longestAfterLeave());
  }

  /**
   * One sentence for a person.
   *
   * @return the sentence, with its times in seconds
   */
  public String describe() {
    String sentence =
        String.format(
            Locale.ROOT,
            "%s: a crash of the holder is noticed after %.1f to %.1f s, the cloud follows %.1f to"
                + " %.1f s later: this member serves %.1f to %.1f s after the crash; after an"
                + " orderly leave within %.1f s",
            router,
            seconds(activeDownInterval.minus(advertInterval)),
            seconds(activeDownInterval),
            seconds(fastestMove),
            seconds(slowestMove),
            seconds(shortestAfterCrash()),
            seconds(longestAfterCrash()),
            seconds(longestAfterLeave()));
    return slowestCheck.isZero()
        ? sentence
        : sentence
            + String.format(
                Locale.ROOT,
                "; after a failed check within %.1f s",
                seconds(longestAfterFailedCheck()));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}

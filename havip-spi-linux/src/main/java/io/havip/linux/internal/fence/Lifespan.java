package io.havip.linux.internal.fence;

import io.havip.spi.GuardedRouter;
import java.time.Duration;

/**
 * How long an address stays on the host when nobody renews it.
 *
 * @param seconds the lifetime that the kernel is told
 * @param stall whether it ends before the peers lose patience
 */
record Lifespan(int seconds, boolean stall) {

  /** The kernel looks at lifetimes up to half a second late (measured: 0.4 s). */
  private static final Duration LATENESS = Duration.ofMillis(500);

  /** From the advert to the renewal that a worker makes for it. */
  private static final Duration RENEWAL = Duration.ofMillis(100);

  /** Long enough for what holds the kernel's lock about interfaces. */
  private static final int SHORTEST_FLOOR = 15;

  private static final int PATIENCE_MARGIN = 5;

  /** For an address that something else silences: it goes in the end, whatever dies. */
  static Lifespan floor(GuardedRouter router) {
    long patience = router.patience().plusMillis(999).toSeconds();
    long seconds = Math.max(SHORTEST_FLOOR, patience + PATIENCE_MARGIN);
    return new Lifespan(Math.toIntExact(Math.min(seconds, Integer.MAX_VALUE / 4)), false);
  }

  /** For an address that nothing else silences: shorter than the patience, if that is possible. */
  static Lifespan fence(GuardedRouter router) {
    long seconds = router.patience().minus(LATENESS).minus(RENEWAL).toSeconds();
    boolean possible = Duration.ofSeconds(seconds).compareTo(router.interval().plusMillis(500)) > 0;
    return possible ? new Lifespan(Math.toIntExact(seconds), true) : floor(router);
  }

  /** From the last advert to silence, at most. */
  Duration bound() {
    return Duration.ofSeconds(seconds).plus(LATENESS).plus(RENEWAL);
  }

  /** Renewed so often that two renewals in a row may come to nothing. */
  long renewNanos() {
    return stall ? 0 : Duration.ofSeconds(seconds).dividedBy(3).toNanos();
  }

  /** A renewal that comes later would be worse than none. */
  long renewWithinNanos() {
    return stall ? RENEWAL.toNanos() : Duration.ofSeconds(seconds).dividedBy(2).toNanos();
  }
}

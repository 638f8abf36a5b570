package io.havip.linux.internal.fence;

import io.havip.spi.GuardedRouter;
import java.time.Duration;

/**
 * How long an address stays open after an advert. The kernel removes an element at a turn of its
 * clock, the jiffy: never after its timeout, and up to a jiffy before it.
 *
 * @param boundNanos from the advert to silence, at most
 * @param jiffyNanos the granularity of the kernel's clock
 * @param possible whether healthy adverts keep the address open within that bound
 */
record GateTiming(long boundNanos, long jiffyNanos, boolean possible) {

  /**
   * What a transaction may take, and what a processor may be late with the kernel's clock, in
   * addition to a jiffy.
   */
  private static final long LATENESS = 1_000_000;

  private static final long MILLI = 1_000_000;

  /** The clocks of two hosts may differ by a thousandth in their speed. */
  private static final long DRIFT = 1000;

  static GateTiming of(GuardedRouter router, long jiffyNanos) {
    long patience = router.patience().toNanos();
    long interval = router.interval().toNanos();
    long bound = patience - jiffyNanos - LATENESS - patience / DRIFT;
    long sure = bound - LATENESS - 2 * jiffyNanos;
    return new GateTiming(bound, jiffyNanos, sure >= interval + interval / 4);
  }

  Duration bound() {
    return Duration.ofNanos(boundNanos);
  }

  /** The timeout for an element that is added now, in milliseconds; 0 if it is too late. */
  long timeoutMillis(long advertAt, long now) {
    long left = advertAt + boundNanos - now;
    return left < jiffyNanos ? 0 : left / MILLI;
  }

  /** Until when an element that was added now with that timeout certainly exists. */
  long sureUntil(long now, long timeoutMillis) {
    long jiffies = timeoutMillis * MILLI / jiffyNanos;
    return now + Math.max(0, jiffies - 1) * jiffyNanos;
  }

  /** Whether a transaction took so long that its timeouts may end after the bound. */
  static boolean late(long began, long ended) {
    return ended - began > LATENESS;
  }
}

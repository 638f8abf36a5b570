package io.havip.core.cloud;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.TakeoverMode;
import java.time.Duration;

/**
 * What the reconciliation of one address depends on and what does not change from step to step.
 * Times in nanoseconds.
 *
 * @param address the address
 * @param capabilities what the cloud can do
 * @param callNanos longest time of one call
 * @param intervalNanos time between looks while this member holds the address
 * @param standbyNanos time between looks while it shall not hold it
 * @param relinquish whether to give up a mapping that is not wanted
 * @param unreachableNanos how long calls may fail until that is a fault; 0 for ever
 */
public record ReconcilerConfig(
    IpAddress address,
    CloudCapabilities capabilities,
    long callNanos,
    long intervalNanos,
    long standbyNanos,
    boolean relinquish,
    long unreachableNanos) {

  private static final long SECOND = 1_000_000_000L;

  /** The first wait after a failure; it doubles with each further one. */
  private static final long FIRST_BACKOFF = SECOND / 5;

  /** The wait after a failure that will not go away by itself. */
  private static final long HOPELESS_BACKOFF = 30 * SECOND;

  /** {@return whether a call moves the address} */
  public boolean moves() {
    return capabilities.mode() != TakeoverMode.ANNOUNCE;
  }

  /**
   * {@return how long the cloud may take to show what was done, before that is said and repeated}
   */
  public long confirmNanos() {
    long shown = capabilities.convergence().plus(capabilities.staleness()).toNanos();
    return Math.max(shown, Math.max(SECOND, capabilities.announcementSpacing().toNanos()));
  }

  /** {@return time between looks while waiting for the cloud to show what was done} */
  public long pollNanos() {
    long eighth = capabilities.convergence().toNanos() / 8;
    return Math.max(SECOND / 5, Math.min(eighth, 2 * SECOND));
  }

  /**
   * {@return how long to wait after a failure}
   *
   * @param failures how many in a row, at least 1
   * @param retryable whether it may go away by itself
   */
  public long backoffNanos(int failures, boolean retryable) {
    if (!retryable) {
      return HOPELESS_BACKOFF;
    }
    long doubled = FIRST_BACKOFF << Math.min(failures - 1, 20);
    return Math.min(doubled, Math.max(intervalNanos, FIRST_BACKOFF));
  }

  /**
   * {@return within which time the mapping follows the election once the cloud works, its answers
   * arrive within the deadline of a call, and the election does not change} The longest way: the
   * wait after a hopeless failure; a look that is outdated and taken for the truth until the next
   * one; two steps of a move with a look before each and after; and twice the cloud's own time, for
   * the first announcement may have been lost or overtaken.
   */
  public Duration settlesWithin() {
    return Duration.ofNanos(
        HOPELESS_BACKOFF
            + intervalNanos
            + capabilities.staleness().toNanos()
            + 8 * callNanos
            + 2 * (confirmNanos() + pollNanos()));
  }
}

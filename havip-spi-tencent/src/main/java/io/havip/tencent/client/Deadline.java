package io.havip.tencent.client;

import java.time.Duration;

/**
 * A moment by which a call with all its requests must be over.
 *
 * @param nanos on the scale of {@link System#nanoTime}
 */
public record Deadline(long nanos) {

  /**
   * Counts from now.
   *
   * @param within how long
   * @return the moment
   */
  public static Deadline in(Duration within) {
    return new Deadline(System.nanoTime() + within.toNanos());
  }

  /** {@return how long it is until then; negative if it has passed} */
  public Duration remaining() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }
}

package io.havip.core.node;

import io.havip.spi.Platform;
import io.havip.spi.Timers;

/**
 * Plays a takeover without effect shortly before one falls due. What was not used since the last
 * advert has left the processor's caches by then, and the takeover took twice as long (measured:
 * 1.5 ms instead of 0.8).
 *
 * <p>The routers of a node share it. On the loop only.
 */
final class DressRehearsal {

  /** It takes 2 to 3 ms. */
  private static final long LEAD_NANOS = 5_000_000;

  /** What falls due sooner is not about silence: a hand-over or a claim, which must not wait. */
  private static final long LEAST_NANOS = 20_000_000;

  /** One will do for takeovers that follow each other. */
  private static final long APART_NANOS = 1_000_000_000;

  /** While a process starts, its compilers are busy, and a play can take longer than the lead. */
  private static final long YOUNG_NANOS = 3_000_000_000L;

  private final Timers timers;
  private final Runnable play;
  private long notBefore;

  /**
   * Creates it; nothing happens before a takeover is expected.
   *
   * @param platform takes part
   * @param rehearsal is played
   */
  DressRehearsal(Platform platform, Rehearsal rehearsal) {
    timers = platform.timers();
    play =
        () -> {
          rehearsal.playOnce(true);
          rehearsal.playOnce(true);
          platform.rehearse();
        };
    notBefore = timers.now() + YOUNG_NANOS;
  }

  /** The part of one router. */
  final class Call {
    private long expectedAt;
    private final Timers.Deadline deadline = timers.newDeadline(() -> due(expectedAt));

    /**
     * Takes the place of what was expected before.
     *
     * @param takeoverAt when the router will take over if it hears nothing until then, or {@code
     *     Long.MAX_VALUE}
     */
    void expect(long takeoverAt) {
      expectedAt = takeoverAt;
      if (takeoverAt != Long.MAX_VALUE && takeoverAt - timers.now() > LEAST_NANOS) {
        deadline.arm(takeoverAt - LEAD_NANOS);
      } else {
        deadline.disarm();
      }
    }
  }

  /** A loop that is late has no time for it. */
  private void due(long takeoverAt) {
    long now = timers.now();
    if (now >= notBefore && now < takeoverAt) {
      play.run();
      notBefore = timers.now() + APART_NANOS;
    }
  }
}

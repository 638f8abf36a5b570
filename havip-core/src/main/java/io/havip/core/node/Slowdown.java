package io.havip.core.node;

import io.havip.VirtualRouterConfig;
import io.havip.core.election.ElectionConfig;
import io.havip.spi.Platform;
import io.havip.spi.Timers;

/**
 * Keeps the old rhythm for a while after the interval was made longer (L12). Adverts carry the new
 * interval at once; peers that learn it grow patient before the router slows down, even if all but
 * one of these adverts are lost.
 */
final class Slowdown {

  private final Platform platform;
  private final Timers.Deadline deadline;
  private final Runnable over;
  private long held;

  /**
   * Nothing is held back yet.
   *
   * @param over called when the new rhythm may begin
   */
  Slowdown(Platform platform, Runnable over) {
    this.platform = platform;
    this.over = over;
    deadline = platform.timers().newDeadline(this::end);
  }

  /** The interval may be longer from now on. */
  void begin(VirtualRouterConfig before, VirtualRouterConfig after) {
    long old = held > 0 ? held : before.advertInterval().toNanos();
    long next = after.advertInterval().toNanos();
    held = next > old ? old : 0;
    if (held > 0) {
      deadline.arm(platform.timers().now() + after.downMultiplier() * held);
    } else {
      deadline.disarm();
    }
  }

  /** The configuration to elect by at this moment. */
  ElectionConfig held(ElectionConfig wanted) {
    return held > 0 ? wanted.withInterval(held) : wanted;
  }

  void stop() {
    held = 0;
    deadline.disarm();
  }

  private void end() {
    held = 0;
    over.run();
  }
}

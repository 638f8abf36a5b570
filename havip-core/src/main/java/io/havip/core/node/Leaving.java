package io.havip.core.node;

import io.havip.Handover;
import io.havip.core.election.Input;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the wish to leave back until the application has demoted itself or its time is over. For
 * the election the router meanwhile is ACTIVE as ever, and may be overruled like any.
 */
final class Leaving {

  private final ApplicationCalls application;
  private final Platform platform;
  private final Timers.Deadline deadline;
  private final Consumer<Input> leave;

  /** What the election will be told; null while the router does not want to leave. */
  private @Nullable Input reason;

  /**
   * Prepares to leave, later or never.
   *
   * @param leave receives the held back input when its time has come
   */
  Leaving(ApplicationCalls application, Platform platform, Consumer<Input> leave) {
    this.application = application;
    this.platform = platform;
    this.leave = leave;
    deadline = platform.timers().newDeadline(this::timedOut);
  }

  boolean begun() {
    return reason != null;
  }

  /** Asks the application to demote itself, unless it has been asked before. */
  void begin(Handover handover, Input why) {
    boolean first = reason == null;
    // A stop outweighs a fault: nothing follows it.
    if (first || why instanceof Input.Shutdown) {
      reason = why;
    }
    if (first) {
      deadline.arm(platform.timers().now() + handover.timeout().toNanos());
      application.demote(handover, this::end);
    }
  }

  /** The addresses are given up now, whatever the application does; does nothing unless begun. */
  void end() {
    Input why = reason;
    if (why != null) {
      deadline.disarm();
      reason = null;
      leave.accept(why);
    }
  }

  private void timedOut() {
    application.cancelDemote();
    end();
  }
}

package io.havip.testkit.sim;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Code that a {@link Watchdog} gave up: no event of the simulation ended for a time.
 *
 * @param host the host whose process it is; empty if it is code of the test
 * @param call what kind of call it is, as far as known, such as {@code a health check}
 * @param code the line at which the caller's code stands
 * @param limit how long no event ended, in real time
 * @param nanos virtual time at which it happened
 * @param events how many events had ended before
 * @param stack the stack of the thread, innermost first
 */
public record Stuck(
    String host,
    String call,
    String code,
    Duration limit,
    long nanos,
    long events,
    List<StackTraceElement> stack) {

  private static final int LINES = 30;

  /** Copies the list. */
  public Stuck {
    stack = List.copyOf(stack);
  }

  static Stuck of(Whereabouts where, Duration limit, List<StackTraceElement> stack) {
    BlockedCall blocked = BlockedCall.in(stack);
    Activity activity = where.activity();
    return new Stuck(
        activity.host(),
        blocked.kind().orElseGet(activity::label),
        blocked.code(),
        limit,
        where.time(),
        where.ended(),
        stack);
  }

  /** {@return where it hangs and what to do, in a sentence or two for a person} */
  public String describe() {
    StringBuilder text = new StringBuilder(call);
    if (!host.isEmpty()) {
      text.append(" on ").append(host);
    }
    text.append(" did not return: no event ended for ").append(Times.text(limit));
    text.append(" of real time. It is at ").append(code).append(", in virtual time at ");
    Times.seconds(text, nanos, 0);
    return text.append(
            " s. Code in a simulation must not wait, for nothing else happens until it returns.")
        .toString();
  }

  /** {@return the stack for a person, a line a frame, at most 30 of them} */
  public String stackText() {
    return stack.stream()
        .limit(LINES)
        .map(frame -> "at " + frame)
        .collect(Collectors.joining("\n"));
  }
}

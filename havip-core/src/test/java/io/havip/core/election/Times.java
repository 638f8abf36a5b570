package io.havip.core.election;

import static io.havip.core.election.ElectionState.NEVER;

import io.havip.Announcements;
import io.havip.Cause;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Moves and stretches the times in states, actions and configurations. */
final class Times {

  private Times() {}

  static ElectionState shift(ElectionState state, long by) {
    return map(state, t -> t + by, a -> a);
  }

  static ElectionState stretch(ElectionState state, long factor) {
    return map(state, t -> t * factor, a -> a * factor);
  }

  private static ElectionState map(
      ElectionState s, LongUnaryOperator moment, LongUnaryOperator span) {
    return new ElectionState(
        s.state(),
        s.priority(),
        span.applyAsLong(s.activeInterval()),
        s.active(),
        s.activePriority(),
        rival(s.rival(), moment),
        moment.applyAsLong(s.listenedSince()),
        deadline(s.activeDownAt(), moment),
        s.ready(),
        deadline(s.preemptAt(), moment),
        deadline(s.askAt(), moment),
        deadline(s.silentAt(), moment),
        deadline(s.serveAt(), moment),
        moment.applyAsLong(s.lastAdvertAt()),
        deadline(s.advertAt(), moment),
        deadline(s.prepareBy(), moment),
        s.holding(),
        deadline(s.secondRoundAt(), moment),
        deadline(s.refreshAt(), moment),
        deadline(s.lowerPriorityRoundAt(), moment));
  }

  private static ElectionState.@Nullable Rival rival(
      ElectionState.@Nullable Rival r, LongUnaryOperator moment) {
    return r == null
        ? null
        : new ElectionState.Rival(r.peer(), r.priority(), moment.applyAsLong(r.aliveUntil()));
  }

  private static long deadline(long at, LongUnaryOperator moment) {
    return at == NEVER ? NEVER : moment.applyAsLong(at);
  }

  static Action shift(Action action, long by) {
    return action instanceof Action.Probe probe ? new Action.Probe(probe.until() + by) : action;
  }

  static Action stretch(Action action, long factor) {
    if (action instanceof Action.Probe probe) {
      return new Action.Probe(probe.until() * factor);
    }
    if (action instanceof Action.ReportState report) {
      Cause cause =
          switch (report.cause()) {
            case Cause.ActiveDown down -> new Cause.ActiveDown(stretch(down.waited(), factor));
            case Cause.LateWake wake -> new Cause.LateWake(stretch(wake.late(), factor));
            // The text of a failure may hold a time, in words.
            case Cause.PrepareFailed failed -> new Cause.PrepareFailed("");
            default -> report.cause();
          };
      return new Action.ReportState(report.from(), report.to(), cause);
    }
    return action;
  }

  static Duration stretch(Duration duration, long factor) {
    return duration.multipliedBy(factor);
  }

  static ElectionConfig stretch(ElectionConfig c, long factor) {
    Announcements a = c.announcements();
    return new ElectionConfig(
        c.version(),
        c.ownAddress(),
        c.intervalNanos() * factor,
        c.downMultiplier(),
        c.preempt(),
        c.preemptDelayNanos() * factor,
        c.replyToLowerPriority(),
        c.adviseHigherPriority(),
        c.prepareNanos() * factor,
        new Announcements(
            a.repeat(),
            stretch(a.secondRoundDelay(), factor),
            stretch(a.refresh(), factor),
            a.refreshRepeat(),
            a.lowerPriorityRepeat(),
            stretch(a.lowerPriorityDelay(), factor),
            a.arpSpacing(),
            a.neighborAdvertSpacing()),
        c.grouped(),
        c.roundTripNanos() * factor);
  }
}

package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;

import io.havip.Cause;
import io.havip.RouterState;
import io.havip.core.election.Action.ReportState;
import io.havip.core.election.Action.SendAdvert;
import io.havip.core.election.Trace.Entry;
import java.util.List;
import java.util.Optional;

/** When adverts are sent. */
final class AdvertLaws {

  private AdvertLaws() {}

  /** Adverts while ACTIVE, the first of them before the state is reported, with own priority. */
  static Optional<String> onlyWhenActive(Trace trace) {
    return trace.firstBroken(e -> {
      RouterState state = e.before().state();
      boolean claimed = false;
      for (int i = 0; i < e.actions().size(); i++) {
        switch (e.actions().get(i)) {
          case SendAdvert advert when advert.priority() > 0 -> {
            claimed = true;
            if (state != ACTIVE && !takesOverAfter(e, i)) {
              return Optional.of("an advert while " + state);
            }
            if (advert.priority() != e.before().priority()) {
              return Optional.of("an advert of another priority");
            }
          }
          case ReportState report -> {
            state = report.to();
            if (state == ACTIVE && !claimed) {
              return Optional.of("a takeover without an advert");
            }
          }
          default -> {}
        }
      }
      return Optional.empty();
    });
  }

  private static boolean takesOverAfter(Entry e, int index) {
    List<Action> later = e.actions().subList(index, e.actions().size());
    return later.stream().anyMatch(a -> a instanceof ReportState r && r.to() == ACTIVE);
  }

  /** Priority 0 once when leaving ACTIVE by an own decision, and never else. */
  static Optional<String> resignsExactlyWhenLeaving(Trace trace) {
    return trace.firstBroken(e -> {
      int resignations = 0;
      for (Action action : e.actions()) {
        if (action instanceof SendAdvert advert && advert.priority() == 0) {
          resignations++;
        } else if (action instanceof ReportState report) {
          int due = voluntary(report) ? 1 : 0;
          if (resignations != due) {
            return Optional.of(resignations + " resignations instead of " + due);
          }
          resignations = 0;
        }
      }
      return resignations == 0 ? Optional.empty() : Optional.of("resigned and stayed");
    });
  }

  private static boolean voluntary(ReportState report) {
    return report.from() == ACTIVE
        && switch (report.cause()) {
          case Cause.FaultRaised fault -> true;
          case Cause.Stopped stopped -> true;
          case Cause.PrepareFailed failed -> true;
          case Cause.GroupLeft left -> true;
          default -> false;
        };
  }

  /** Met at its deadlines, an ACTIVE router is never silent for longer than its interval. */
  static Optional<String> cadence(Trace trace) {
    if (!trace.punctual()) {
      return Optional.empty();
    }
    long[] lastClaim = {trace.startAt()};
    return trace.firstBroken(e -> {
      long silence = e.now() - lastClaim[0];
      if (!e.claims().isEmpty()) {
        lastClaim[0] = e.now();
      }
      return e.before().state() == ACTIVE && silence > trace.config().intervalNanos()
          ? Optional.of("silent for " + silence + " ns")
          : Optional.empty();
    });
  }

  /** Late by more than the peers' patience: stand down, do not speak; else never stand down. */
  static Optional<String> lateWakeStandsDown(Trace trace) {
    ElectionConfig config = trace.config();
    long patience =
        config.downMultiplier() * config.intervalNanos()
            + SilenceLaw.skew(config, 254, config.intervalNanos());
    long[] lastClaim = {trace.startAt()};
    return trace.firstBroken(e -> {
      if (e.input() instanceof Input.Slept slept) {
        lastClaim[0] -= slept.nanos();
      }
      boolean late = e.before().state() == ACTIVE && e.now() - lastClaim[0] > patience;
      boolean stoodDown =
          !e.reports().isEmpty()
              && e.reports().getFirst().cause() instanceof Cause.LateWake wake
              && wake.late().toNanos() == e.now() - lastClaim[0];
      if (!e.claims().isEmpty()) {
        lastClaim[0] = e.now();
      }
      if (late && !(stoodDown && e.all(SendAdvert.class).isEmpty())) {
        return Optional.of("went on after it woke late");
      }
      return !late && stoodDown ? Optional.of("stood down in time") : Optional.empty();
    });
  }

  /** ACTIVE routers that hear each other: the loser yields, the winner stays and says so. */
  static Optional<String> theWeakerYields(Trace trace) {
    ElectionConfig config = trace.config();
    return trace.firstBroken(e -> {
      if (e.before().state() != ACTIVE
          || !(e.input() instanceof Input.AdvertReceived advert)
          || e.reports().stream().anyMatch(r -> r.cause() instanceof Cause.LateWake)) {
        return Optional.empty();
      }
      int order = Integer.compare(advert.priority(), e.before().priority());
      order = order != 0 ? order : advert.source().compareTo(config.ownAddress());
      boolean resigned = advert.priority() == 0;
      boolean yields = order > 0;
      boolean contest = order < 0 && !resigned;
      int answers =
          resigned
                  || (contest && config.replyToLowerPriority())
                  || (yields && config.adviseHigherPriority())
              ? 1
              : 0;
      if (yields == (e.after().state() == ACTIVE)) {
        return Optional.of("did not " + (yields ? "yield" : "stay"));
      }
      if (e.claims().size() != answers) {
        return Optional.of(e.claims().size() + " answers instead of " + answers);
      }
      boolean told = !e.all(Action.ReportLowerPriority.class).isEmpty();
      return told != contest ? Optional.of("contest told: " + told) : Optional.empty();
    });
  }
}

package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static io.havip.RouterState.INITIALIZE;
import static io.havip.core.election.ElectionState.NEVER;

import io.havip.Cause;
import io.havip.RouterState;
import io.havip.core.election.Action.ReportState;
import io.havip.core.election.Trace.Entry;
import java.util.List;
import java.util.Optional;

/** What holds for states, timers, addresses and reports. */
final class StateLaws {

  private StateLaws() {}

  /** Exactly one of advert timer and down timer runs while taking part, and none else. */
  static Optional<String> oneTimer(Trace trace) {
    return trace.firstBroken(e -> {
      ElectionState s = e.after();
      if ((s.advertAt() != NEVER) != (s.state() == ACTIVE)) {
        return Optional.of("advert timer");
      }
      if ((s.activeDownAt() != NEVER) != (s.state() == BACKUP)) {
        return Optional.of("down timer");
      }
      if (s.preemptAt() != NEVER && s.state() != BACKUP) {
        return Optional.of("preemption delay");
      }
      if ((s.askAt() != NEVER || s.silentAt() != NEVER) && s.state() != BACKUP) {
        return Optional.of("a quick claim");
      }
      boolean others =
          s.serveAt() != NEVER
              || s.prepareBy() != NEVER
              || s.secondRoundAt() != NEVER
              || s.refreshAt() != NEVER
              || s.lowerPriorityRoundAt() != NEVER;
      return others && s.state() != ACTIVE ? Optional.of("a timer of ACTIVE") : Optional.empty();
    });
  }

  /** What was due has been done: a timer that is due again at once would spin. */
  static Optional<String> noBusyLoop(Trace trace) {
    return trace.firstBroken(e ->
        e.input() instanceof Input.TimerDue && e.after().nextDeadline() <= e.now()
            ? Optional.of("due again at once")
            : Optional.empty());
  }

  /** Addresses are bound while serving and only then, and gone before anybody is told so. */
  static Optional<String> addresses(Trace trace) {
    Holder holder = new Holder(trace.config());
    return trace.firstBroken(holder::follow);
  }

  private static final class Holder {

    private final ElectionConfig config;
    private boolean holding;
    private boolean preparing;

    private Holder(ElectionConfig config) {
      this.config = config;
    }

    private Optional<String> follow(Entry e) {
      boolean cancelled = !e.all(Action.CancelPrepare.class).isEmpty();
      if (e.input() instanceof Input.Prepared && !cancelled) {
        preparing = false;
      }
      List<Action> actions = e.actions();
      for (int i = 0; i < actions.size(); i++) {
        boolean right =
            switch (actions.get(i)) {
              case Action.Prepare prepare -> !preparing && !holding;
              case Action.CancelPrepare cancel -> preparing;
              case Action.Probe probe ->
                  e.before().state() == BACKUP && e.after().state() == BACKUP;
              case Action.Bind bind -> !holding && !preparing && announcedNext(actions, i);
              case Action.Unbind unbind -> holding;
              case Action.Announce announce -> holding;
              case Action.SendAdvert advert -> advert.priority() > 0 || !holding;
              case ReportState report -> report.from() != ACTIVE || !(holding || preparing);
              case Action.ReportLowerPriority report -> true;
            };
        if (!right) {
          return Optional.of(actions.get(i) + " out of place");
        }
        switch (actions.get(i)) {
          case Action.Prepare prepare -> preparing = true;
          case Action.CancelPrepare cancel -> preparing = false;
          case Action.Bind bind -> holding = true;
          case Action.Unbind unbind -> holding = false;
          default -> {}
        }
      }
      ElectionState s = e.after();
      if (s.holding() != holding || (s.prepareBy() != NEVER) != preparing) {
        return Optional.of("the state tells something else than the actions");
      }
      boolean contending = s.state() == ACTIVE && s.serveAt() != NEVER;
      if (contending && (holding || preparing)) {
        return Optional.of("serves before its rivals have been heard");
      }
      return (s.state() == ACTIVE) == (holding || preparing || contending)
          ? Optional.empty()
          : Optional.of("holding " + holding + ", preparing " + preparing);
    }

    private boolean announcedNext(List<Action> actions, int i) {
      return i + 1 < actions.size()
          && actions.get(i + 1).equals(new Action.Announce(config.announcements().repeat()));
    }
  }

  /** Each change of state is reported once, in an unbroken chain, with a cause that explains it. */
  static Optional<String> causes(Trace trace) {
    return trace.firstBroken(e -> {
      RouterState at = e.before().state();
      for (ReportState report : e.reports()) {
        if (report.from() != at || report.to() == at) {
          return Optional.of("the chain is broken at " + report);
        }
        if (!explains(report, e)) {
          return Optional.of("the cause does not explain " + report);
        }
        at = report.to();
      }
      if (at != e.after().state()) {
        return Optional.of("a change without a report");
      }
      boolean two = e.reports().size() > 1;
      return two && !(e.reports().getFirst().cause() instanceof Cause.LateWake)
          ? Optional.of("two changes at once")
          : Optional.empty();
    });
  }

  private static boolean rivalIsAlive(Entry e) {
    ElectionState.Rival rival = e.before().rival();
    return rival != null && e.now() <= rival.aliveUntil();
  }

  private static boolean explains(ReportState report, Entry e) {
    RouterState from = report.from();
    RouterState to = report.to();
    return switch (report.cause()) {
      case Cause.Started started ->
          from == INITIALIZE && to == BACKUP && e.input() instanceof Input.Startup;
      case Cause.StartedAsOwner started ->
          from == INITIALIZE && to == ACTIVE && e.input() instanceof Input.Startup;
      case Cause.ActiveDown down ->
          from == BACKUP
              && to == ACTIVE
              && e.input() instanceof Input.TimerDue
              && down.waited().toNanos() == e.now() - e.before().listenedSince()
              && !rivalIsAlive(e);
      case Cause.Preempted preempted ->
          from == BACKUP
              && to == ACTIVE
              && e.input() instanceof Input.TimerDue
              && rivalIsAlive(e)
              && preempted.peer().equals(e.before().rival().peer())
              && preempted.priority() == e.before().rival().priority();
      case Cause.PeerResigned resigned ->
          from == BACKUP
              && to == ACTIVE
              && (e.input() instanceof Input.TimerDue || e.input() instanceof Input.Probed)
              && resigned.peer().equals(e.before().active());
      case Cause.HigherPriority higher ->
          from == ACTIVE
              && to == BACKUP
              && e.input() instanceof Input.AdvertReceived advert
              && advert.source().equals(higher.peer())
              && advert.priority() == higher.priority()
              && advert.priority() > e.before().priority();
      case Cause.HigherAddress higher ->
          from == ACTIVE
              && to == BACKUP
              && e.input() instanceof Input.AdvertReceived advert
              && advert.source().equals(higher.peer())
              && advert.priority() == e.before().priority();
      case Cause.FaultRaised raised ->
          to == FAULT
              && (e.input() instanceof Input.FaultRaised || e.input() instanceof Input.Startup);
      case Cause.FaultCleared cleared ->
          from == FAULT && to != INITIALIZE && e.input() instanceof Input.FaultCleared;
      case Cause.LateWake wake -> from == ACTIVE && to == BACKUP;
      case Cause.PrepareFailed failed ->
          from == ACTIVE
              && to == BACKUP
              && (e.input() instanceof Input.Prepared || e.input() instanceof Input.TimerDue);
      case Cause.GroupLeft left ->
          from == ACTIVE && to == BACKUP && e.input() instanceof Input.GroupLeft;
      case Cause.Stopped stopped -> to == INITIALIZE && e.input() instanceof Input.Shutdown;
    };
  }
}

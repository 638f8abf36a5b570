package io.havip.core.cloud;

import static io.havip.core.cloud.ReconcilerState.NEVER;
import static io.havip.core.cloud.ReconcilerState.PAST;

import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides the calls for one address. */
public final class Reconciler {

  private Reconciler() {}

  /**
   * One step.
   *
   * @param config the constants of the address
   * @param state what the last step returned
   * @param input what happened
   * @param now the time, not before that of the last step
   * @return the next state and what to do
   */
  public static Step step(ReconcilerConfig config, ReconcilerState state, Input input, long now) {
    Turn turn = new Turn(config, state, now);
    switch (input) {
      case Input.Wanted wanted -> {
        if (wanted.wanted() && !turn.wanted) {
          want(turn);
        } else if (!wanted.wanted() && turn.wanted) {
          cease(turn);
        }
      }
      case Input.TimerDue due -> timerDue(turn, state);
      case Input.Permitted permitted -> permitted(turn);
      case Input.Observed seen -> {
        if (isRunning(turn, seen.id())) {
          turn.phase = new Phase.Resting();
          observed(turn, seen.observation());
        }
      }
      case Input.Ended ended -> {
        if (turn.phase instanceof Phase.Calling calling && calling.id() == ended.id()) {
          turn.phase = new Phase.Resting();
          ended(turn, calling.call(), ended.result());
        }
      }
    }
    ask(turn);
    return turn.end();
  }

  private static boolean isRunning(Turn turn, long id) {
    return turn.phase instanceof Phase.Calling calling && calling.id() == id;
  }

  private static void want(Turn turn) {
    turn.wanted = true;
    turn.relinquishDue = false;
    turn.lose();
    turn.attempted = false;
    turn.takeoverDue = turn.config.moves();
    // What failed for a BACKUP may work now, and is more urgent. What the cloud forbids stays so.
    turn.failures = 0;
    turn.pauseUntil = PAST;
    stopCalling(turn);
    turn.mustLook |= turn.config.moves() && looksFirst(turn);
    turn.lookAt = turn.now + turn.config.pollNanos();
  }

  /**
   * The old holder must be found, or the revision to refer to. Else a look would only cost time.
   */
  private static boolean looksFirst(Turn turn) {
    CloudCapabilities cloud = turn.config.capabilities();
    boolean find = !cloud.atomicSteal() || (cloud.refusesStaleWrites() && turn.known == null);
    return find && cloud.observesHolder();
  }

  private static void cease(Turn turn) {
    turn.wanted = false;
    turn.confirmed = false;
    turn.unconfirmedSince = NEVER;
    turn.complainAt = NEVER;
    turn.takeoverDue = false;
    boolean wrote = stopCalling(turn);
    boolean observes = turn.config.capabilities().observesHolder();
    turn.relinquishDue = turn.config.relinquish() && !observes;
    boolean lookNow = wrote || turn.config.relinquish();
    turn.lookAt = turn.now + (lookNow ? 0 : turn.config.standbyNanos());
  }

  /**
   * Nothing waits for a call that belongs to what was wanted before: a slow look must not keep a
   * takeover waiting, and a takeover must not outlive the role.
   *
   * @return whether the call may have changed something
   */
  private static boolean stopCalling(Turn turn) {
    Phase before = turn.phase;
    turn.phase = new Phase.Resting();
    if (!(before instanceof Phase.Calling calling)) {
      return false;
    }
    turn.act(new Action.Cancel(calling.id()));
    turn.mustLook |= calling.call().writes();
    return calling.call().writes();
  }

  private static void timerDue(Turn turn, ReconcilerState before) {
    if (turn.phase instanceof Phase.Calling calling && turn.now >= calling.endsBy()) {
      turn.act(new Action.Cancel(calling.id()));
      turn.phase = new Phase.Resting();
      outOfTime(turn, calling.call());
    }
    if (turn.now >= turn.complainAt) {
      turn.complain();
      if (!turn.config.moves()) {
        turn.pushedAt = turn.now;
        turn.act(new Action.Announce());
      }
    }
    if (turn.now >= before.unreachableAt(turn.config) && turn.failingSince != NEVER) {
      turn.unreachable = true;
      turn.act(new Action.ReportReach(true));
    }
  }

  private static void outOfTime(Turn turn, CloudCall call) {
    CloudFailure failure =
        CloudFailure.of(
            CloudFailureKind.TIMEOUT,
            call.writes() ? CallOutcome.UNKNOWN : CallOutcome.NOT_APPLIED,
            call.describe(),
            "no result within " + Duration.ofNanos(turn.config.callNanos()).toMillis() + " ms",
            "");
    if (call.writes()) {
      ended(turn, call, new CloudResult.Failed<>(failure));
    } else {
      observed(turn, new Observation.Unknown(failure));
    }
  }

  /** The call is decided now, from what is wanted and known now. */
  private static void permitted(Turn turn) {
    CloudCall call = turn.phase instanceof Phase.Asking ? callDue(turn) : null;
    if (call == null) {
      turn.act(new Action.ReturnPermit());
      if (turn.phase instanceof Phase.Asking) {
        turn.phase = new Phase.Resting();
      }
      return;
    }
    turn.calls++;
    long within = turn.config.callNanos();
    turn.phase = new Phase.Calling(turn.calls, call, turn.now + within);
    turn.act(new Action.Call(turn.calls, call, Duration.ofNanos(within)));
  }

  private static void observed(Turn turn, Observation seen) {
    switch (seen) {
      case Observation.Unknown unknown -> {
        turn.mustLook &= turn.config.capabilities().observesHolder();
        turn.lookAt = turn.now;
        turn.fail(unknown.cause());
      }
      case Observation.HeldBy held -> known(turn, held, held.details(), held.mine());
      case Observation.Nobody nobody -> known(turn, nobody, nobody.details(), false);
    }
  }

  private static void known(
      Turn turn, Observation seen, Observation.Details details, boolean mine) {
    turn.succeed();
    turn.mustLook = false;
    Observation before = turn.known;
    turn.known = seen;
    boolean newEpoch =
        details.epoch().isPresent() && details.epoch().getAsLong() > turn.highestEpoch;
    turn.highestEpoch = Math.max(turn.highestEpoch, details.epoch().orElse(0));
    if (before == null || !sameHolder(before, seen)) {
      turn.act(new Action.ReportHolder(before, seen));
    }
    details.obstacle().ifPresent(o -> turn.act(new Action.ReportFailure(o)));
    if (!turn.wanted) {
      turn.relinquishDue = mine && turn.config.relinquish();
      turn.lookAt = turn.now + turn.config.standbyNanos();
    } else if (mine) {
      seenHere(turn, details, newEpoch);
    } else {
      seenElsewhere(turn);
    }
  }

  private static boolean sameHolder(Observation one, Observation other) {
    if (one instanceof Observation.HeldBy a && other instanceof Observation.HeldBy b) {
      return a.holder().equals(b.holder());
    }
    return one.getClass() == other.getClass();
  }

  /**
   * Confirms a takeover, if there was one: a mapping from before this member was elected is no
   * proof, for the look may be outdated, and another member's call still on its way.
   */
  private static void seenHere(Turn turn, Observation.Details details, boolean newEpoch) {
    if (turn.takeoverDue && !turn.attempted) {
      return;
    }
    turn.takeoverDue = false;
    turn.lookAt = turn.now + turn.config.intervalNanos();
    if (!turn.confirmed || newEpoch) {
      turn.act(new Action.ReportConfirmed(details.epoch(), turn.waited()));
    }
    turn.confirmed = true;
    turn.unconfirmedSince = NEVER;
    turn.complainAt = NEVER;
  }

  private static void seenElsewhere(Turn turn) {
    turn.lookAt = turn.now + turn.config.pollNanos();
    if (turn.confirmed) {
      turn.lose();
      turn.takeoverDue = turn.config.moves();
      if (!turn.config.moves()) {
        turn.act(new Action.Announce());
      }
    } else if (turn.config.moves()
        && !turn.takeoverDue
        && turn.now - turn.pushedAt >= turn.config.confirmNanos()) {
      turn.takeoverDue = true;
    }
  }

  private static void ended(Turn turn, CloudCall call, CloudResult<Move> result) {
    switch (result) {
      case CloudResult.Done<Move> done -> {
        turn.succeed();
        turn.act(new Action.ReportCall(call, done.value() == Move.COMPLETE ? "done" : "half done"));
        if (done.value() == Move.PARTIAL) {
          turn.mustLook = true;
        } else {
          complete(turn, call);
        }
      }
      case CloudResult.Failed<Move> failed -> {
        CloudFailure failure = failed.failure();
        turn.act(new Action.ReportCall(call, failure.kind() + ", " + failure.outcome()));
        turn.fail(failure);
        switch (failure.outcome()) {
          case APPLIED -> complete(turn, call);
          case UNKNOWN -> {
            turn.attempted |= call instanceof CloudCall.Takeover;
            turn.mustLook = true;
          }
          case NOT_APPLIED ->
              turn.mustLook |=
                  failure.kind() == CloudFailureKind.CONFLICT
                      || failure.kind() == CloudFailureKind.ALREADY_DONE;
        }
      }
    }
  }

  private static void complete(Turn turn, CloudCall call) {
    if (call instanceof CloudCall.Relinquish) {
      turn.relinquishDue = false;
      long shown = turn.config.capabilities().staleness().toNanos();
      turn.lookAt = turn.now + Math.max(shown, turn.config.pollNanos());
      return;
    }
    turn.takeoverDue = false;
    turn.attempted = true;
    turn.push();
    turn.lookAt = turn.now;
    if (!turn.config.capabilities().observesHolder()) {
      // Nothing better than the cloud's word can be had.
      seenHere(turn, Observation.Details.NONE, false);
    }
  }

  /** Asks for the call that is due, or sets the time at which one will be. */
  private static void ask(Turn turn) {
    if (turn.phase instanceof Phase.Calling) {
      return;
    }
    CloudCall call = callDue(turn);
    if (call == null) {
      turn.phase = new Phase.Resting();
      turn.dueAt = nextCall(turn);
      return;
    }
    turn.dueAt = NEVER;
    Phase.Asking asking = new Phase.Asking(call.writes());
    if (!asking.equals(turn.phase)) {
      turn.phase = asking;
      turn.act(new Action.Ask(call.writes()));
    }
  }

  private static long nextCall(Turn turn) {
    long held = Math.max(turn.pauseUntil, turn.throttledUntil);
    if (turn.mustLook || turn.takeoverDue || turn.relinquishDue) {
      return Math.max(turn.now, held);
    }
    boolean observes = turn.config.capabilities().observesHolder();
    return observes || repeats(turn) ? Math.max(turn.lookAt, held) : NEVER;
  }

  /** Where the holder cannot be observed, the takeover is repeated instead. */
  private static boolean repeats(Turn turn) {
    return turn.wanted && turn.config.moves() && !turn.config.capabilities().observesHolder();
  }

  private static @Nullable CloudCall callDue(Turn turn) {
    if (turn.now < nextCall(turn)) {
      return null;
    }
    if (turn.mustLook) {
      return new CloudCall.Describe(turn.config.address());
    }
    if (turn.relinquishDue) {
      return new CloudCall.Relinquish(turn.config.address());
    }
    return turn.takeoverDue || repeats(turn)
        ? takeover(turn)
        : new CloudCall.Describe(turn.config.address());
  }

  private static CloudCall takeover(Turn turn) {
    Optional<String> revision =
        switch (turn.known) {
          case Observation.HeldBy held -> held.details().revision();
          case Observation.Nobody nobody -> nobody.details().revision();
          case Observation.Unknown unknown -> Optional.empty();
          case null -> Optional.empty();
        };
    return new CloudCall.Takeover(
        new TakeoverRequest(turn.config.address(), revision, turn.highestEpoch + 1));
  }
}

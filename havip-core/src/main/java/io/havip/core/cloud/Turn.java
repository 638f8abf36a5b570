package io.havip.core.cloud;

import static io.havip.core.cloud.ReconcilerState.NEVER;

import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step in progress: a working copy of the state and the actions gathered so far. Lives for one
 * call.
 */
final class Turn {

  /** How often the same complaint is made. */
  private static final long QUIET_NANOS = 10_000_000_000L;

  final ReconcilerConfig config;
  final long now;

  boolean wanted;
  Phase phase;
  long dueAt;
  @Nullable Observation known;
  long lookAt;
  boolean mustLook;
  boolean takeoverDue;
  boolean attempted;
  boolean relinquishDue;
  boolean confirmed;
  long unconfirmedSince;
  long pushedAt;
  long complainAt;
  long saidAt;
  int failures;
  long pauseUntil;
  long throttledUntil;
  long failingSince;
  boolean unreachable;
  long highestEpoch;
  long calls;

  private final List<Action> actions = new ArrayList<>(4);

  Turn(ReconcilerConfig config, ReconcilerState from, long now) {
    this.config = config;
    this.now = now;
    wanted = from.wanted();
    phase = from.phase();
    dueAt = from.dueAt();
    known = from.known();
    lookAt = from.lookAt();
    mustLook = from.mustLook();
    takeoverDue = from.takeoverDue();
    attempted = from.attempted();
    relinquishDue = from.relinquishDue();
    confirmed = from.confirmed();
    unconfirmedSince = from.unconfirmedSince();
    pushedAt = from.pushedAt();
    complainAt = from.complainAt();
    saidAt = from.saidAt();
    failures = from.failures();
    pauseUntil = from.pauseUntil();
    throttledUntil = from.throttledUntil();
    failingSince = from.failingSince();
    unreachable = from.unreachable();
    highestEpoch = from.highestEpoch();
    calls = from.calls();
  }

  void act(Action action) {
    actions.add(action);
  }

  /** The cloud has the time it needs from now on, before its silence is complained of. */
  void push() {
    pushedAt = now;
    complainAt = now + config.confirmNanos();
  }

  void lose() {
    confirmed = false;
    unconfirmedSince = now;
    push();
  }

  Duration waited() {
    return Duration.ofNanos(unconfirmedSince == NEVER ? 0 : now - unconfirmedSince);
  }

  void complain() {
    complainAt = now + config.confirmNanos();
    if (saidAt < unconfirmedSince || now - saidAt >= QUIET_NANOS) {
      saidAt = now;
      act(new Action.ReportNotConfirmed(waited(), known));
    }
  }

  void fail(CloudFailure failure) {
    failures++;
    if (failingSince == NEVER) {
      failingSince = now;
    }
    // The first conflict only says that the mapping is another than was thought: look at once.
    boolean lookAtOnce = failure.kind() == CloudFailureKind.CONFLICT && failures == 1;
    long wait = lookAtOnce ? 0 : config.backoffNanos(failures, failure.retryable());
    long asked = failure.retryAfter().map(Duration::toNanos).orElse(0L);
    pauseUntil = now + Math.max(wait, asked);
    if (asked > 0 || failure.kind() == CloudFailureKind.THROTTLED) {
      throttledUntil = pauseUntil;
    }
    act(new Action.ReportFailure(failure));
  }

  void succeed() {
    failures = 0;
    failingSince = NEVER;
    if (unreachable) {
      unreachable = false;
      act(new Action.ReportReach(false));
    }
  }

  ReconcilerState state() {
    return new ReconcilerState(
        wanted,
        phase,
        dueAt,
        known,
        lookAt,
        mustLook,
        takeoverDue,
        attempted,
        relinquishDue,
        confirmed,
        unconfirmedSince,
        pushedAt,
        complainAt,
        saidAt,
        failures,
        pauseUntil,
        throttledUntil,
        failingSince,
        unreachable,
        highestEpoch,
        calls);
  }

  Step end() {
    return new Step(state(), actions);
  }
}

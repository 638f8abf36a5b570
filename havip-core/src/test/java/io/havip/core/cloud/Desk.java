package io.havip.core.cloud;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.Observation.Details;
import io.havip.spi.cloud.TakeoverMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps one reconciler by hand, with the permits given at once, and keeps what it wanted done. */
final class Desk {

  static final IpAddress VIP = IpAddress.parse("10.0.0.3");
  static final CloudMember ME = new CloudMember("ins-a", "eni-a");
  static final CloudMember OTHER = new CloudMember("ins-b", "eni-b");
  static final long MS = 1_000_000L;
  static final long SECOND = 1_000 * MS;

  final ReconcilerConfig config;
  final List<Action> actions = new ArrayList<>();
  ReconcilerState state;
  long now;
  boolean permits = true;

  Desk(CloudCapabilities capabilities, boolean relinquish, Duration unreachable) {
    config =
        new ReconcilerConfig(
            VIP,
            capabilities,
            2 * SECOND,
            5 * SECOND,
            20 * SECOND,
            relinquish,
            unreachable.toNanos());
    state = ReconcilerState.initial(0);
  }

  static Desk moving() {
    return new Desk(move(true, false), false, Duration.ZERO);
  }

  static Desk announcing() {
    return new Desk(
        CloudCapabilities.announced(10, Duration.ofSeconds(1), Duration.ofSeconds(10)),
        false,
        Duration.ZERO);
  }

  static CloudCapabilities move(boolean atomicSteal, boolean refusesStaleWrites) {
    return new CloudCapabilities(
        TakeoverMode.MOVE,
        true,
        atomicSteal,
        true,
        refusesStaleWrites,
        true,
        false,
        10,
        Duration.ZERO,
        Duration.ofSeconds(2),
        Duration.ofSeconds(1));
  }

  /** A cloud that takes calls but never shows the holder. */
  static CloudCapabilities blind(TakeoverMode mode) {
    return new CloudCapabilities(
        mode,
        false,
        true,
        mode != TakeoverMode.ANNOUNCE,
        false,
        false,
        false,
        10,
        Duration.ZERO,
        Duration.ofSeconds(2),
        Duration.ZERO);
  }

  /**
   * Steps; a permit that is asked for is given in the same instant unless {@link #permits} is off.
   */
  List<Action> input(Input input) {
    int before = actions.size();
    step(input);
    while (permits && state.phase() instanceof Phase.Asking) {
      step(new Input.Permitted());
    }
    return List.copyOf(actions.subList(before, actions.size()));
  }

  private void step(Input input) {
    Step step = Reconciler.step(config, state, input, now);
    state = step.state();
    actions.addAll(step.actions());
  }

  List<Action> want(boolean wanted) {
    return input(new Input.Wanted(wanted));
  }

  /** Lets time pass until the next deadline. */
  List<Action> due() {
    now = Math.max(now, state.nextDeadline(config));
    return input(new Input.TimerDue());
  }

  List<Action> pass(Duration length) {
    int before = actions.size();
    long until = now + length.toNanos();
    while (state.nextDeadline(config) <= until) {
      due();
    }
    now = until;
    return List.copyOf(actions.subList(before, actions.size()));
  }

  /** The call that is running, or null. */
  CloudCall call() {
    return state.phase() instanceof Phase.Calling calling ? calling.call() : null;
  }

  List<Action> see(Observation observation) {
    return input(new Input.Observed(state.calls(), observation));
  }

  List<Action> end(CloudResult<Move> result) {
    return input(new Input.Ended(state.calls(), result));
  }

  static Observation here(long epoch) {
    return new Observation.HeldBy(
        ME, true, Details.NONE.withEpoch(epoch).withRevision("r" + epoch));
  }

  static Observation there(long epoch) {
    return new Observation.HeldBy(
        OTHER, false, Details.NONE.withEpoch(epoch).withRevision("r" + epoch));
  }

  static Observation nobody() {
    return new Observation.Nobody(Details.NONE);
  }

  static Observation unknown(CloudFailureKind kind) {
    return new Observation.Unknown(failure(kind, CallOutcome.NOT_APPLIED));
  }

  static CloudResult<Move> done() {
    return new CloudResult.Done<>(Move.COMPLETE);
  }

  static CloudResult<Move> partly() {
    return new CloudResult.Done<>(Move.PARTIAL);
  }

  static CloudResult<Move> failed(CloudFailureKind kind, CallOutcome outcome) {
    return new CloudResult.Failed<>(failure(kind, outcome));
  }

  static CloudFailure failure(CloudFailureKind kind, CallOutcome outcome) {
    return new CloudFailure(kind, outcome, "an operation", "a message", "", Optional.empty());
  }

  static <T extends Action> List<T> only(List<Action> actions, Class<T> type) {
    return actions.stream().filter(type::isInstance).map(type::cast).toList();
  }
}

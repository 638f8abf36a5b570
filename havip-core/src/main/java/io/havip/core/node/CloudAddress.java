package io.havip.core.node;

import io.havip.CloudConfig;
import io.havip.CloudMapping;
import io.havip.HavipEvent;
import io.havip.core.cloud.Action;
import io.havip.core.cloud.Input;
import io.havip.core.cloud.Reconciler;
import io.havip.core.cloud.ReconcilerConfig;
import io.havip.core.cloud.ReconcilerState;
import io.havip.core.cloud.Step;
import io.havip.net.IpAddress;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Drives the reconciler of one address: the only writer of its mapping in this process. */
final class CloudAddress {

  /** How often a failure of one kind is reported. */
  private static final long QUIET_NANOS = 60_000_000_000L;

  private final String router;
  private final IpAddress address;
  private final CloudBinding binding;
  private final ReconcilerConfig config;
  private final CloudGate gate;
  private final Platform platform;
  private final Events events;
  private final Runnable announce;
  private final Runnable reachChanged;
  private final Timers.Deadline deadline;
  private final Queue<Input> inputs = new ArrayDeque<>();
  private final Map<CloudFailureKind, Long> reportedAt = new EnumMap<>(CloudFailureKind.class);

  private ReconcilerState state;
  private @Nullable CloudRun run;
  private @Nullable CloudFailure lastFailure;
  private long failures;
  private boolean stepping;
  private boolean running;

  CloudAddress(
      String router,
      IpAddress address,
      CloudConfig cloud,
      CloudGate gate,
      Platform platform,
      Events events,
      Runnable announce,
      Runnable reachChanged) {
    this.router = router;
    this.address = address;
    this.gate = gate;
    this.platform = platform;
    this.events = events;
    this.announce = announce;
    this.reachChanged = reachChanged;
    binding = cloud.binding();
    config =
        new ReconcilerConfig(
            address,
            binding.capabilities(),
            cloud.callTimeout().toNanos(),
            cloud.interval().toNanos(),
            cloud.standbyInterval().toNanos(),
            cloud.relinquish(),
            cloud.faultAfter().map(Duration::toNanos).orElse(0L));
    state = ReconcilerState.initial(platform.timers().now());
    deadline = platform.timers().newDeadline(() -> input(new Input.TimerDue()));
  }

  void start() {
    running = true;
    input(new Input.TimerDue());
  }

  void stop() {
    running = false;
    deadline.disarm();
    gate.leave(this);
    cancel();
  }

  void want(boolean wanted) {
    if (running || wanted) {
      running = true;
      input(new Input.Wanted(wanted));
    }
  }

  boolean unreachable() {
    return state.unreachable();
  }

  /** Whether the call that may be made now is made. */
  boolean permitted() {
    CloudRun before = run;
    input(new Input.Permitted());
    return run != before && run != null;
  }

  CloudMapping snapshot() {
    return new CloudMapping(
        address,
        Optional.ofNullable(state.known()),
        state.confirmed(),
        state.calls(),
        failures,
        Optional.ofNullable(lastFailure));
  }

  /**
   * Steps the reconciler. An action may cause another input, which waits until the actions of this
   * step are done.
   */
  private void input(Input input) {
    if (!running) {
      return;
    }
    inputs.add(input);
    if (stepping) {
      return;
    }
    stepping = true;
    try {
      for (Input next = inputs.poll(); next != null; next = inputs.poll()) {
        Step step = Reconciler.step(config, state, next, platform.timers().now());
        state = step.state();
        step.actions().forEach(this::perform);
      }
    } finally {
      stepping = false;
      arm();
    }
  }

  private void arm() {
    long at = running ? state.nextDeadline(config) : ReconcilerState.NEVER;
    if (at == ReconcilerState.NEVER) {
      deadline.disarm();
    } else {
      deadline.arm(at);
    }
  }

  private void perform(Action action) {
    HavipEvent.At now = events.now();
    switch (action) {
      case Action.Ask ask -> gate.ask(this, ask.writes());
      case Action.ReturnPermit permit -> {}
      case Action.Call call ->
          run = new CloudRun(call.id(), call.call(), binding, call.within(), platform, this::input);
      case Action.Cancel cancel -> cancel();
      case Action.Announce again -> announce.run();
      case Action.ReportHolder seen ->
          events.publish(
              new HavipEvent.CloudHolderChanged(
                  now, router, address, Optional.ofNullable(seen.before()), seen.now()));
      case Action.ReportConfirmed confirmed ->
          events.publish(
              new HavipEvent.CloudConfirmed(
                  now, router, address, confirmed.epoch(), confirmed.waited()));
      case Action.ReportNotConfirmed late ->
          events.publish(
              new HavipEvent.CloudNotConfirmed(
                  now, router, address, late.waited(), Optional.ofNullable(late.seen())));
      case Action.ReportCall call ->
          events.publish(
              new HavipEvent.CloudCalled(
                  now, router, address, call.call().describe(), call.result()));
      case Action.ReportFailure failed -> report(failed.failure(), now);
      case Action.ReportReach reach -> reachChanged.run();
    }
  }

  private void report(CloudFailure failure, HavipEvent.At now) {
    failures++;
    lastFailure = failure;
    Long last = reportedAt.get(failure.kind());
    if (last == null || now.nanos() - last >= QUIET_NANOS) {
      reportedAt.put(failure.kind(), now.nanos());
      events.publish(new HavipEvent.CloudFailed(now, router, address, failure));
    }
  }

  private void cancel() {
    if (run != null) {
      run.cancel();
      run = null;
    }
  }
}

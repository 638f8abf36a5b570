package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.HealthCheck;
import io.havip.HealthCheckConfig;
import io.havip.core.tracking.CheckState;
import io.havip.core.tracking.CheckState.Health;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs one health check again and again for all routers that depend on it. A run that outlives its
 * timeout is interrupted and counts as a failure; until it has really ended no other run begins.
 */
final class CheckRunner {

  private final HealthCheckConfig config;
  private final Platform platform;
  private final Events events;
  private final List<Runnable> dependents = new ArrayList<>();
  private final Timers.Deadline next;
  private final Timers.Deadline timeout;
  private CheckState state;
  private @Nullable FutureTask<Result> running;
  private boolean started;
  private boolean judged;
  private boolean stopped;

  CheckRunner(HealthCheckConfig config, CheckState initial, Platform platform, Events events) {
    this.config = config;
    this.platform = platform;
    this.events = events;
    state = initial;
    next = platform.timers().newDeadline(this::launch);
    timeout = platform.timers().newDeadline(this::timedOut);
  }

  void add(Runnable whenHealthChanges) {
    dependents.add(whenHealthChanges);
  }

  void forgetDependents() {
    dependents.clear();
  }

  boolean needed() {
    return !dependents.isEmpty();
  }

  CheckState state() {
    return state;
  }

  Health health() {
    return state.health();
  }

  /** Begins the first run; does nothing once begun. */
  void start() {
    if (!started) {
      started = true;
      launch();
    }
  }

  void stop() {
    stopped = true;
    next.disarm();
    timeout.disarm();
    if (running != null) {
      running.cancel(true);
    }
  }

  private void launch() {
    if (stopped) {
      return;
    }
    long now = platform.timers().now();
    next.arm(now + config.interval().toNanos());
    if (running != null) {
      // A run that does not end, not even interrupted, fails again in every interval.
      judge(new Result(false, "a run has not ended"));
      return;
    }
    judged = false;
    FutureTask<Result> task = new FutureTask<>(() -> run(config.check()));
    running = task;
    timeout.arm(now + config.timeout().toNanos());
    if (!WorkerRun.start(platform, task, () -> ended(result(task)))) {
      ended(new Result(false, "no worker takes the check"));
    }
  }

  private void timedOut() {
    judge(new Result(false, "no result within " + config.timeout().toMillis() + " ms"));
    judged = true;
    if (running != null) {
      running.cancel(true);
    }
  }

  private void ended(Result result) {
    timeout.disarm();
    running = null;
    if (!judged) {
      judge(result);
    }
  }

  private static Result result(FutureTask<Result> ended) {
    return switch (ended.state()) {
      case SUCCESS -> ended.resultNow();
      case FAILED -> new Result(false, ended.exceptionNow().toString());
      case CANCELLED, RUNNING -> new Result(false, "interrupted");
    };
  }

  private void judge(Result result) {
    if (stopped) {
      return;
    }
    Health before = state.health();
    state = state.after(config, result.success());
    if (state.health() != before) {
      events.publish(
          new HavipEvent.CheckChanged(
              events.now(), config.name(), result.success(), result.detail()));
      List.copyOf(dependents).forEach(Runnable::run);
    }
  }

  /** Runs on a worker. */
  private static Result run(HealthCheck check) throws Exception {
    return switch (check) {
      case HealthCheck.Probe probe -> new Result(probe.healthy(), "");
      case HealthCheck.Command command -> CommandRun.run(command.argv(), command.runAs());
      case HealthCheck.Processes processes -> ProcessCount.run(processes);
    };
  }

  /**
   * What a run found.
   *
   * @param success whether the member is fit
   * @param detail why not, or more about it; may be empty
   */
  record Result(boolean success, String detail) {}
}

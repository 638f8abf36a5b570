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
  private @Nullable FutureTask<?> running;
  private boolean judged;
  private boolean stopped;
  private long startedAt;

  CheckRunner(HealthCheckConfig config, Platform platform, Events events) {
    this.config = config;
    this.platform = platform;
    this.events = events;
    state = CheckState.initial(config);
    next = platform.timers().newDeadline(this::launch);
    timeout = platform.timers().newDeadline(this::timedOut);
  }

  void add(Runnable whenHealthChanges) {
    dependents.add(whenHealthChanges);
  }

  Health health() {
    return state.health();
  }

  void start() {
    launch();
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
    if (stopped || running != null) {
      return; // a run that is still going launches the overdue one when it ends
    }
    startedAt = platform.timers().now();
    judged = false;
    FutureTask<?> task =
        new FutureTask<>(
            () -> {
              Result result = run(config.check());
              platform.execute(() -> ended(result));
            },
            null);
    running = task;
    timeout.arm(startedAt + config.timeout().toNanos());
    next.arm(startedAt + config.interval().toNanos());
    platform.workers().execute(task);
  }

  private void timedOut() {
    judge(new Result(false, "no result within " + config.timeout().toMillis() + " ms"));
    if (running != null) {
      running.cancel(true);
    }
  }

  private void ended(Result result) {
    timeout.disarm();
    running = null;
    judge(result);
    if (platform.timers().now() >= startedAt + config.interval().toNanos()) {
      launch();
    }
  }

  private void judge(Result result) {
    if (judged || stopped) {
      return;
    }
    judged = true;
    Health before = state.health();
    state = state.after(config, result.success());
    if (state.health() != before) {
      events.publish(
          new HavipEvent.CheckChanged(
              events.now(), config.name(), result.success(), result.detail()));
      dependents.forEach(Runnable::run);
    }
  }

  /** Runs on a worker. */
  private static Result run(HealthCheck check) {
    try {
      return switch (check) {
        case HealthCheck.Probe probe -> new Result(probe.healthy(), "");
        case HealthCheck.Command command -> CommandRun.run(command.argv());
      };
    } catch (InterruptedException e) {
      return new Result(false, "interrupted");
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return new Result(false, e.toString());
    }
  }

  /**
   * What a run found.
   *
   * @param success whether the member is fit
   * @param detail why not, or more about it; may be empty
   */
  record Result(boolean success, String detail) {}
}

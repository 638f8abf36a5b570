package io.havip.core.node;

import io.havip.NotifyFifo;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps the program running that reads a pipe. On the loop only. */
final class FifoReader {

  /** How long it has, once the pipe is closed, to read the last lines and end by itself. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Platform platform;
  private final NotifyFifo.Reader program;
  private final List<String> argv;
  private final FailureReports reports;
  private final Timers.Deadline next;
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private @Nullable FutureTask<CheckRunner.Result> running;
  private boolean stopped;

  FifoReader(Platform platform, NotifyFifo.Reader program, String path, FailureReports reports) {
    this.platform = platform;
    this.program = program;
    this.reports = reports;
    argv = Stream.concat(program.argv().stream(), Stream.of(path)).toList();
    next = platform.timers().newDeadline(this::due);
  }

  /** Starts it, unless it is too late for that. */
  void start() {
    if (stopped || running != null) {
      return;
    }
    FutureTask<CheckRunner.Result> task =
        new FutureTask<>(() -> CommandRun.run(argv, program.runAs()));
    running = task;
    if (!WorkerRun.start(platform, task, () -> ended(task))) {
      task.cancel(false);
      platform.execute(() -> ended(task));
    }
  }

  /** The pipe is closed. Completes when the program has ended. */
  CompletableFuture<@Nullable Void> stop() {
    if (!stopped) {
      stopped = true;
      next.disarm();
      if (running == null) {
        over.complete(null);
      } else {
        next.arm(platform.timers().now() + PATIENCE.toNanos());
      }
    }
    return over;
  }

  /** The pause before another start is over, or the patience with it. */
  private void due() {
    if (!stopped) {
      start();
    } else if (running != null) {
      running.cancel(true);
    }
  }

  private void ended(FutureTask<CheckRunner.Result> task) {
    running = null;
    next.disarm();
    if (stopped) {
      over.complete(null);
      return;
    }
    String why =
        switch (task.state()) {
          case SUCCESS -> "it ended: " + task.resultNow().detail();
          case FAILED -> task.exceptionNow().toString();
          case CANCELLED, RUNNING -> "no worker takes it";
        };
    reports.report(new Outcome.Failed("read the pipe by " + argv.getFirst(), why, ""));
    next.arm(platform.timers().now() + PAUSE.toNanos());
  }
}

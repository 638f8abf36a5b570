package io.havip.core.node;

import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells notices to one receiver: in order, one at a time, on a worker. On the loop, but for what
 * the steps do.
 */
final class NoticeLane {

  private static final Duration NO_LIMIT = Duration.ofDays(10_000);

  /**
   * One thing to do for a notice.
   *
   * @param name for reports
   * @param work runs on a worker and may block until interrupted
   * @param timeout when it is interrupted
   */
  record Step(String name, Callable<CheckRunner.Result> work, Duration timeout) {

    /** A step that may take as long as it likes. */
    static Step unlimited(String name, Callable<CheckRunner.Result> work) {
      return new Step(name, work, NO_LIMIT);
    }
  }

  /**
   * How long the end may take.
   *
   * @param forStory until only the latest states are told
   * @param forLatest until these are given up
   */
  record Patience(Duration forStory, Duration forLatest) {

    Duration sum() {
      return forStory.plus(forLatest);
    }
  }

  private final Platform platform;
  private final Outbox outbox;
  private final Patience patience;
  private final Function<Notice, List<Step>> receiver;
  private final FailureReports reports;
  private final Queue<Step> steps = new ArrayDeque<>();
  private final Timers.Deadline timeout;
  private final Timers.Deadline end;
  private final CompletableFuture<@Nullable Void> idleAfterShut = new CompletableFuture<>();
  private @Nullable Step step;
  private @Nullable FutureTask<CheckRunner.Result> running;
  private boolean woken;
  private boolean shut;
  private boolean hurried;

  NoticeLane(
      Platform platform,
      int bound,
      Patience patience,
      FailureReports reports,
      Function<Notice, List<Step>> receiver) {
    this.platform = platform;
    this.patience = patience;
    this.reports = reports;
    this.receiver = receiver;
    outbox = new Outbox(bound);
    timeout = platform.timers().newDeadline(() -> cut("it took too long"));
    end = platform.timers().newDeadline(this::hurry);
  }

  /** Does something before the first notice. */
  void begin(Step first) {
    steps.add(first);
    wake();
  }

  void offer(Notice notice) {
    if (!shut) {
      leftOut(outbox.offer(notice), "earlier ones wait already");
      wake();
    }
  }

  /** Takes nothing more; what waits is told within the patience. */
  void shut() {
    if (!shut) {
      shut = true;
      end.arm(platform.timers().now() + patience.forStory().toNanos());
      wake();
    }
  }

  /** Completes when nothing is told any more, once {@link #shut} was called. */
  CompletableFuture<@Nullable Void> idleAfterShut() {
    return idleAfterShut;
  }

  boolean idle() {
    return running == null && steps.isEmpty() && outbox.isEmpty();
  }

  /** After the current turn of the loop: starting a worker must not delay an announcement. */
  private void wake() {
    if (!woken) {
      woken = true;
      platform.execute(() -> {
        woken = false;
        next();
      });
    }
  }

  private void next() {
    if (running != null) {
      return;
    }
    while (steps.isEmpty()) {
      Notice notice = outbox.poll();
      if (notice == null) {
        if (shut) {
          end.disarm();
          idleAfterShut.complete(null);
        }
        return;
      }
      steps.addAll(receiver.apply(notice));
    }
    run(steps.remove());
  }

  private void run(Step next) {
    FutureTask<CheckRunner.Result> task = new FutureTask<>(next.work());
    step = next;
    running = task;
    if (!next.timeout().equals(NO_LIMIT)) {
      timeout.arm(platform.timers().now() + next.timeout().toNanos());
    }
    if (!WorkerRun.start(platform, task, () -> ended(next, task))) {
      platform.execute(() -> ended(next, task));
    }
  }

  private void ended(Step ended, FutureTask<CheckRunner.Result> task) {
    timeout.disarm();
    running = null;
    step = null;
    switch (task.state()) {
      case SUCCESS -> {
        if (!task.resultNow().success()) {
          failed(ended.name(), task.resultNow().detail());
        }
      }
      case FAILED -> failed(ended.name(), String.valueOf(task.exceptionNow().getMessage()));
      case CANCELLED -> {} // reported when it was cut short
      case RUNNING -> failed(ended.name(), "no worker takes it");
    }
    next();
  }

  /** The end has come near, or here. */
  private void hurry() {
    if (!hurried) {
      hurried = true;
      end.arm(platform.timers().now() + patience.forLatest().toNanos());
      leftOut(outbox.keepLatest(), "the node closes");
      if (outbox.isEmpty()) {
        return; // the latest is being told
      }
    } else {
      leftOut(outbox.clear(), "the node closes");
    }
    steps.clear();
    cut("the node closes");
  }

  private void cut(String why) {
    if (running != null && step != null) {
      failed(step.name(), why);
      running.cancel(true);
    }
  }

  private void leftOut(int count, String why) {
    if (count > 0) {
      failed("tell everything", why + ", so " + count + " older notices were left out");
    }
  }

  private void failed(String operation, String why) {
    reports.report(new Outcome.Failed(operation, why, ""));
  }
}

package io.havip.core.node;

import io.havip.Handover;
import io.havip.HavipEvent;
import io.havip.Takeover;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of one router into the application: on workers, one at a time, in order. A call
 * that was interrupted but goes on holds up the next one, for the application must never be told to
 * prepare while it is still being demoted.
 */
final class ApplicationCalls {

  private final String router;
  private final Platform platform;
  private final Events events;
  private final Deque<Call> waiting = new ArrayDeque<>();
  private @Nullable Call running;

  /** Whether addresses were bound, which no demote or lost has answered. */
  private boolean engaged;

  /** The last preparation that no demote or lost has answered. */
  private @Nullable Call prepared;

  private boolean shut;
  private boolean abandoned;
  private final CompletableFuture<@Nullable Void> idleAfterShut = new CompletableFuture<>();

  ApplicationCalls(String router, Platform platform, Events events) {
    this.router = router;
    this.platform = platform;
    this.events = events;
  }

  /**
   * Asks the application to prepare.
   *
   * @param whenEnded receives the failure, or null for success; not called once cancelled
   */
  void prepare(Takeover takeover, Consumer<@Nullable String> whenEnded) {
    Call call = new Call(Kind.PREPARE, () -> takeover.callback().prepare(router), whenEnded);
    prepared = call;
    add(call);
  }

  /** Interrupts the preparation; its result no longer matters. */
  void cancelPrepare() {
    waiting.removeIf(c -> c.kind == Kind.PREPARE);
    Call call = running;
    if (call != null && call.kind == Kind.PREPARE) {
      call.cancel();
    }
  }

  /** The addresses are bound: their loss will matter to the application. */
  void serving() {
    engaged = true;
  }

  /**
   * Asks the application to stop serving while the router still holds the addresses.
   *
   * @param whenEnded called when it has, not after {@link #left} or {@link #cancelDemote}
   */
  void demote(Handover handover, Runnable whenEnded) {
    engaged = false;
    prepared = null;
    Call demote =
        new Call(
            Kind.DEMOTE,
            () -> handover.callback().demote(router),
            failure -> {
              report("demote", failure);
              whenEnded.run();
            });
    demote.instead = lost(handover);
    add(demote);
  }

  /** Interrupts a demotion that took too long. */
  void cancelDemote() {
    report("demote", "not done in time; the addresses are given up without it");
    // One that never began leaves the application uninformed, which left() makes up for.
    engaged |= waiting.removeIf(c -> c.kind == Kind.DEMOTE);
    Call call = running;
    if (call != null && call.kind == Kind.DEMOTE) {
      call.cancel();
    }
  }

  /**
   * The router is no longer ACTIVE: the application hears of it unless it has been asked before.
   */
  void left(Handover handover) {
    engaged |= waiting.removeIf(c -> c.kind == Kind.DEMOTE);
    Call preparation = prepared;
    if (engaged || preparation != null) {
      Call lost = lost(handover);
      lost.answers = engaged ? null : preparation;
      engaged = false;
      prepared = null;
      add(lost);
    }
  }

  private Call lost(Handover handover) {
    return new Call(
        Kind.LOST,
        () -> handover.callback().lost(router),
        failure -> report("tell of the loss", failure));
  }

  /** What is waiting still runs, and nothing is added any more. */
  void shut() {
    shut = true;
    settle();
  }

  /** Completes when the last call has ended after {@link #shut}. */
  CompletableFuture<@Nullable Void> idleAfterShut() {
    return idleAfterShut;
  }

  /** Drops what is waiting: nothing begins from now on. */
  void abandon() {
    shut = true;
    abandoned = true;
    waiting.clear();
    settle();
  }

  private void add(Call call) {
    if (!shut) {
      waiting.add(call);
      runNext();
    }
  }

  private void runNext() {
    if (running != null) {
      return;
    }
    Call next = waiting.poll();
    while (next != null && next.needless()) {
      next = waiting.poll();
    }
    if (next == null) {
      settle();
    } else {
      run(next);
    }
  }

  private void run(Call next) {
    running = next;
    if (!WorkerRun.start(platform, next.task, () -> ended(next))) {
      platform.execute(() -> ended(next));
    }
  }

  private void ended(Call call) {
    running = null;
    Call instead = call.instead;
    if (instead != null && !call.begun && !abandoned) {
      waiting.addFirst(instead); // no worker was free in time
    }
    if (!call.cancelled) {
      call.whenEnded.accept(call.failure());
    }
    runNext();
  }

  private void settle() {
    if (shut && running == null && waiting.isEmpty()) {
      idleAfterShut.complete(null);
    }
  }

  private void report(String what, @Nullable String failure) {
    if (failure != null) {
      events.publish(
          new HavipEvent.OperationFailed(
              events.now(), router, new Outcome.Failed("application: " + what, failure, "")));
    }
  }

  private enum Kind {
    PREPARE,
    DEMOTE,
    LOST
  }

  /** The application's code. */
  @FunctionalInterface
  private interface Code {
    void run() throws Exception;
  }

  private static final class Call {
    private final Kind kind;
    private final FutureTask<@Nullable Void> task;
    private final Consumer<@Nullable String> whenEnded;
    private boolean cancelled;
    private volatile boolean begun;

    /** What the application hears if this call was cancelled before it began. */
    private @Nullable Call instead;

    /** The only thing that this call answers, or null if there is more. */
    private @Nullable Call answers;

    private Call(Kind kind, Code code, Consumer<@Nullable String> whenEnded) {
      this.kind = kind;
      this.whenEnded = whenEnded;
      task =
          new FutureTask<>(() -> {
            begun = true;
            code.run();
            return null;
          });
    }

    /** A preparation that was cancelled before it began is nothing to the application. */
    private boolean needless() {
      return answers != null && !answers.begun;
    }

    private void cancel() {
      cancelled = true;
      task.cancel(true);
    }

    private @Nullable String failure() {
      return switch (task.state()) {
        case SUCCESS -> null;
        case FAILED ->
            task.exceptionNow() instanceof InterruptedException
                ? "interrupted"
                : task.exceptionNow().toString();
        case CANCELLED -> "interrupted";
        case RUNNING -> "no worker takes the call";
      };
    }
  }
}

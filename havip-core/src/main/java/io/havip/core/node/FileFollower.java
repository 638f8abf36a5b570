package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.ValueFile;
import io.havip.core.tracking.FileContent;
import io.havip.core.tracking.FileState;
import io.havip.core.tracking.FileState.Knowledge;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future.State;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value file again and again for all routers that depend on it. Until a reading has ended
 * no other begins, and the value stays as it is.
 */
final class FileFollower {

  private final ValueFile file;
  private final Platform platform;
  private final Events events;
  private final List<Runnable> dependents = new ArrayList<>();
  private final Timers.Deadline next;
  private FileState state;

  /** Written once by the node, and never when a new configuration takes the file over. */
  private boolean toWrite;

  private @Nullable FutureTask<Reading> running;
  private boolean started;
  private boolean stopped;

  FileFollower(ValueFile file, FileState initial, Platform platform, Events events) {
    this.file = file;
    this.platform = platform;
    this.events = events;
    state = initial;
    toWrite = file.initial().isPresent() && initial.knowledge() != Knowledge.READ;
    next = platform.timers().newDeadline(this::launch);
  }

  void add(Runnable whenValueChanges) {
    dependents.add(whenValueChanges);
  }

  void forgetDependents() {
    dependents.clear();
  }

  boolean needed() {
    return !dependents.isEmpty();
  }

  FileState state() {
    return state;
  }

  /** Begins the first reading; does nothing once begun. */
  void start() {
    if (!started) {
      started = true;
      launch();
    }
  }

  void stop() {
    stopped = true;
    next.disarm();
    if (running != null) {
      running.cancel(true);
    }
  }

  private void launch() {
    if (stopped) {
      return;
    }
    next.arm(platform.timers().now() + file.interval().toNanos());
    if (running != null) {
      return;
    }
    Optional<ValueFile.Initial> initial = toWrite ? file.initial() : Optional.empty();
    FutureTask<Reading> task = new FutureTask<>(() -> read(initial));
    running = task;
    if (!WorkerRun.start(platform, task, () -> ended(task))) {
      running = null; // the value stays as it is
    }
  }

  /** Runs on a worker. */
  private Reading read(Optional<ValueFile.Initial> initial) {
    Optional<String> failure = initial.flatMap(i -> ValueFiles.write(file.path(), i));
    return new Reading(ValueFiles.read(file.path()), failure);
  }

  private void ended(FutureTask<Reading> task) {
    running = null;
    if (stopped || task.state() == State.CANCELLED) {
      return;
    }
    Reading reading =
        task.state() == State.SUCCESS
            ? task.resultNow()
            : new Reading(
                new FileContent.Unreadable(task.exceptionNow().toString()), Optional.empty());
    toWrite = false;
    reading.failure().ifPresent(this::warn);
    take(reading.content());
  }

  private void warn(String failure) {
    String message = "the file " + file.path() + " cannot be written: " + failure;
    events.publish(new HavipEvent.Warning(events.now(), file.name(), message));
  }

  private void take(FileContent content) {
    FileState before = state;
    state = before.after(content);
    if (state.knowledge() != before.knowledge() || state.value() != before.value()) {
      events.publish(
          new HavipEvent.FileChanged(
              events.now(), file.name(), state.value(), content.complaint()));
      List.copyOf(dependents).forEach(Runnable::run);
    }
  }

  /**
   * What a worker did.
   *
   * @param content what the file holds
   * @param failure why it could not be written before; empty if that was not asked for or went well
   */
  private record Reading(FileContent content, Optional<String> failure) {}
}

package io.havip.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The clock, the queue and the bounds of a simulation. */
final class Engine {

  private static final int MESSAGE_LINES = 40;

  /** Events before the bound on one instant that are looked at to name the culprit. */
  private static final int EXAMINED = 1_000;

  final long seed;
  final Trace trace = new Trace();

  private final EventQueue queue = new EventQueue();
  private final List<Runnable> checks = new ArrayList<>();
  private final Map<String, Integer> busiest = new TreeMap<>();
  private final Whereabouts whereabouts = new Whereabouts();
  private Thread owner = Thread.currentThread();
  private long now;
  private long cause;
  private long fired;
  private long atThisInstant;
  private long instantLimit = 100_000;
  private @Nullable Watch watch;
  private boolean stepping;
  private boolean tolerant;

  Engine(long seed) {
    this.seed = seed;
  }

  long now() {
    return now;
  }

  long fired() {
    return fired;
  }

  /** The thread that runs the simulation; all code of all processes runs on it. */
  boolean onThread() {
    return Thread.currentThread() == owner;
  }

  void requireThread(String what) {
    if (!onThread()) {
      String refusal =
          what
              + " was called on the thread "
              + Thread.currentThread().getName()
              + ", but a simulation and all code in it run on one thread";
      whereabouts.trespassed(refusal);
      throw new IllegalStateException(refusal);
    }
  }

  /** Code of processes may be called by this thread from now on. */
  void own() {
    owner = Thread.currentThread();
  }

  /** Where it is, for other threads. */
  Whereabouts whereabouts() {
    return whereabouts;
  }

  void instantLimit(long events) {
    instantLimit = events;
  }

  /** Whether errors of a process are only recorded. */
  void tolerant(boolean value) {
    tolerant = value;
  }

  /** Who wants to see what changes, if anybody does. */
  @Nullable Watch watch() {
    return watch;
  }

  void watch(Watch value) {
    if (watch != null) {
      throw new IllegalStateException("this simulation is watched already");
    }
    watch = value;
  }

  void addCheck(Runnable check) {
    checks.add(check);
  }

  /** Puts an event at a time, or at once if the time is past; the current cause becomes its own. */
  void schedule(Event event, long at) {
    event.cause = cause;
    queue.put(event, Math.max(at, now));
  }

  /** Puts an event back without changing why it happens. */
  void postpone(Event event, long at) {
    queue.put(event, Math.max(at, now));
  }

  void cancel(Event event) {
    queue.remove(event);
  }

  long cause() {
    return cause;
  }

  /** What is recorded and scheduled from now on, in this event, has this cause. */
  void because(long number) {
    cause = number;
  }

  /** Appends to the trace and returns the number of the record. */
  long note(String host, TraceKind kind, String detail) {
    return trace.add(now, host, kind, detail, cause);
  }

  /** Starts a run; code of processes may then be called by this thread. */
  void enter() {
    if (stepping) {
      throw new IllegalStateException(
          "the simulation is already running: code inside it cannot run it further");
    }
    own();
  }

  /** Runs the next event if it is not after {@code until}. */
  boolean step(long until) {
    long at = queue.firstTime();
    if (at > until || queue.size() == 0) {
      return false;
    }
    requireWanted();
    Event event = queue.take();
    if (at == now) {
      countInstant(event);
    } else {
      now = at;
      atThisInstant = 0;
    }
    fired++;
    cause = event.cause;
    stepping = true;
    whereabouts.begins(event, now);
    try {
      event.fire();
      requireWanted();
      whereabouts.judges();
      for (int i = 0; i < checks.size(); i++) {
        checks.get(i).run();
      }
    } finally {
      stepping = false;
      cause = 0;
    }
    whereabouts.ends(fired);
    return true;
  }

  private void requireWanted() {
    if (whereabouts.abandoned()) {
      throw failure("the run was given up", null);
    }
    String trespass = whereabouts.trespass();
    if (trespass != null) {
      throw failure(trespass, null);
    }
  }

  /** Nothing happens until then. */
  void advance(long until) {
    if (until > now) {
      now = until;
      atThisInstant = 0;
    }
  }

  private void countInstant(Event event) {
    atThisInstant++;
    if (atThisInstant <= instantLimit - EXAMINED) {
      return;
    }
    busiest.merge(event.label(), 1, Integer::sum);
    if (atThisInstant > instantLimit) {
      StringBuilder most = new StringBuilder();
      busiest.entrySet().stream()
          .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
          .limit(3)
          .forEach(e -> most.append("\n  ").append(e.getKey()).append(", ").append(e.getValue()));
      busiest.clear();
      throw failure(
          "time stands still: more than "
              + instantLimit
              + " events at one instant; most of the last "
              + EXAMINED
              + " were:"
              + most,
          null);
    }
  }

  /** Code of a process threw. Fails the run unless the simulation only records errors. */
  void error(String host, String where, Throwable thrown) {
    if (thrown instanceof SimulationFailure failure) {
      throw failure;
    }
    note(host, TraceKind.ERROR, where + " threw " + thrown);
    if (!tolerant) {
      throw failure("code on host " + host + " (" + where + ") threw " + thrown, thrown);
    }
  }

  SimulationFailure failure(String what, @Nullable Throwable thrown) {
    StringBuilder message = new StringBuilder(what);
    message.append("\nseed ").append(seed).append(", time ");
    Times.seconds(message, now, 0);
    message.append(" s, ").append(fired).append(" events");
    if (trace.on()) {
      message.append("; the trace ends with\n").append(trace.tail(MESSAGE_LINES));
    } else {
      message.append("; the trace is off");
    }
    return new SimulationFailure(message.toString(), thrown);
  }
}

package io.havip.testkit.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a simulation on a thread of its own, and gives up when an event does not end. A simulation
 * is bounded in virtual time and in events, but what it calls may wait for what never happens.
 *
 * <p>What it measures is real time, so it must not decide anything but whether to give up: a run
 * that ends is the same run with any limit. Time in which this thread could not run either, as at a
 * breakpoint that stops all threads, does not count.
 *
 * <p>Code that has been given up is interrupted. If it ends then, so does the thread; if not, the
 * thread, a daemon, is left behind.
 */
public final class Watchdog {

  /** The limit unless another is set: 60 s of real time without an event that ended. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  /** How long the thread has to end after it has been interrupted. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long LONGEST_LOOK = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long SHORTEST_LOOK = TimeUnit.MILLISECONDS.toNanos(1);

  private final Duration limit;
  private volatile Whereabouts where = new Whereabouts();
  private volatile @Nullable Engine engine;

  private Watchdog(Duration limit) {
    this.limit = limit;
  }

  /**
   * How a run ended.
   *
   * @param value what the code returned; empty if it was given up and did not end in order
   * @param stuck why it was given up; empty if it was not
   * @param <T> what the code returns
   */
  public record End<T>(Optional<T> value, Optional<Stuck> stuck) {}

  /**
   * Runs code that runs a simulation. What the code throws is thrown here.
   *
   * @param name names the thread, for those who look at a dump
   * @param limit how long in real time no event may end, more than zero
   * @param code runs a simulation, after a call of {@link #follow}
   * @param <T> what it returns
   * @return how it ended
   * @throws SimulationFailure if this thread is interrupted; then the code is interrupted too
   */
  public static <T> End<T> run(String name, Duration limit, Function<Watchdog, T> code) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("the limit must be more than zero, not " + limit);
    }
    Watchdog dog = new Watchdog(limit);
    FutureTask<T> task = new FutureTask<>(() -> code.apply(dog));
    Thread thread = new Thread(task, "havip-simulation " + name);
    thread.setDaemon(true);
    thread.start();
    return dog.await(task, thread);
  }

  /**
   * Follows a simulation. Code of its processes may be called by this thread from now on, and by
   * the one that called {@link #run} when that has returned.
   *
   * @param simulation the one that this thread is going to run
   */
  public void follow(Simulation simulation) {
    Engine followed = simulation.engine();
    followed.own();
    engine = followed;
    where = followed.whereabouts();
  }

  /**
   * Says what this thread does next, unless it is an event.
   *
   * @param host the host whose code is called, or the empty string
   * @param what names it, such as {@code the start of the service}
   */
  public void enters(String host, String what) {
    where.enters(Activity.of(host, what));
  }

  private <T> End<T> await(FutureTask<T> task, Thread thread) {
    long look = Math.clamp(limit.toNanos() / 20, SHORTEST_LOOK, LONGEST_LOOK);
    long silent = 0;
    long seen = where.ended();
    long last = System.nanoTime();
    while (silent < limit.toNanos()) {
      Optional<End<T>> end = ended(task, thread, look, Optional.empty());
      if (end.isPresent()) {
        return end.get();
      }
      long now = System.nanoTime();
      long events = where.ended();
      // If this thread was kept from running, so may the other have been.
      silent = events == seen ? silent + Math.min(now - last, 2 * look) : 0;
      seen = events;
      last = now;
    }
    return giveUp(task, thread);
  }

  private <T> End<T> giveUp(FutureTask<T> task, Thread thread) {
    Stuck stuck = Stuck.of(where, limit, List.of(thread.getStackTrace()));
    where.abandon();
    thread.interrupt();
    return ended(task, thread, GRACE_NANOS, Optional.of(stuck))
        .orElseGet(() -> new End<>(Optional.empty(), Optional.of(stuck)));
  }

  /** Waits for the end; what ends after it was given up may throw whatever it likes. */
  private <T> Optional<End<T>> ended(
      FutureTask<T> task, Thread thread, long nanos, Optional<Stuck> stuck) {
    try {
      T value = task.get(nanos, TimeUnit.NANOSECONDS);
      handBack();
      return Optional.of(new End<>(Optional.of(value), stuck));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      handBack();
      if (stuck.isPresent()) {
        return Optional.of(new End<>(Optional.empty(), stuck));
      }
      throw unchecked(e);
    } catch (InterruptedException e) {
      where.abandon();
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new SimulationFailure("interrupted while a simulation ran on another thread", e);
    }
  }

  private void handBack() {
    Engine followed = engine;
    if (followed != null) {
      followed.own();
    }
  }

  private static RuntimeException unchecked(ExecutionException ended) {
    Throwable cause = ended.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(ended);
  }
}

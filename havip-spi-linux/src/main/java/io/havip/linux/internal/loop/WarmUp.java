package io.havip.linux.internal.loop;

import io.havip.spi.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Takes ways without effect, so that the JVM has compiled them when they are needed. Without this
 * the first takeover, for which everything here exists, would be the first use of its code and take
 * many milliseconds (measured: 7 to 144 ms for the first address added, 0.1 ms for the tenth).
 *
 * <p>The JVM's first compiler takes a method after 200 calls, but looks at the count only every 128
 * calls, and asks for as many times more calls as there are fives of methods that wait for it. Such
 * a queue is long while a process starts: more than a thousand rounds then left most of the way to
 * be compiled in the takeover (measured). So what can be taken at any time is taken again later, a
 * little at a time; the calls made at the start count.
 */
public final class WarmUp {

  private static final int ROUNDS = 384;
  private static final int ROUNDS_LATER = 32;
  private static final int TIMES_LATER = 8;
  private static final int ROUNDS_AGAIN = 2;
  private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SPACING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Timers timers;
  private final Timers.Deadline deadline;
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final List<Runnable> ways = new ArrayList<>();

  WarmUp(Timers timers) {
    this.timers = timers;
    deadline = timers.newDeadline(this::due);
  }

  /** Takes a way that can only be taken now. */
  public static void once(Runnable way) {
    for (int i = 0; i < ROUNDS; i++) {
      way.run();
    }
  }

  /** Takes a way now, and again when the process has started: amid other work of the loop. */
  public void take(Runnable way) {
    once(way);
    if (later.isEmpty()) {
      deadline.arm(timers.now() + LATER_NANOS);
    }
    for (int i = 0; i < TIMES_LATER; i++) {
      later.add(way);
    }
    ways.add(way);
  }

  /** Takes all ways again, shortly before they are needed. */
  public void again() {
    for (int i = 0; i < ROUNDS_AGAIN; i++) {
      ways.forEach(Runnable::run);
    }
  }

  /** What is at the end of a way is being closed. */
  public void forget(Runnable way) {
    ways.remove(way);
    later.removeIf(way::equals);
  }

  private void due() {
    Runnable way = later.poll();
    for (int i = 0; way != null && i < ROUNDS_LATER; i++) {
      way.run();
    }
    if (!later.isEmpty()) {
      deadline.arm(timers.now() + SPACING_NANOS);
    }
  }
}

package io.havip.linux.internal.loop;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.havip.linux.internal.libc.Descriptors;
import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.Structs.Itimerspec;
import io.havip.linux.internal.libc.Structs.Pollfd;
import io.havip.linux.internal.libc.Structs.Timespec;
import io.havip.linux.internal.libc.Sys;
import io.havip.spi.PlatformException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What the loop's thread owns outside the heap: its memory, its system calls, the timer and wake
 * descriptors, and the set of descriptors it polls. Confined to the thread that creates it.
 */
final class Poller implements AutoCloseable {

  private static final int WAKE = 0;
  private static final int TIMER = 1;
  private static final int FIRST_SOURCE = 2;

  private static final long NEVER = Long.MAX_VALUE;
  private static final long SECOND = 1_000_000_000L;

  /** A pair of clock readings further apart than this was interrupted and is taken again. */
  private static final long CLEAN_READING = 5_000;

  private static final int READINGS = 4;

  private final Arena arena;
  private final Libc libc;
  private final Descriptors descriptors;
  private final MemorySegment time;
  private final MemorySegment reading;
  private final MemorySegment counter;
  private final SleepCount sleep = new SleepCount();
  private final int wake;
  private final int timer;

  private List<Source> polled = List.of();
  private MemorySegment set;
  private long timerAt = NEVER;

  Poller(Arena arena) {
    this.arena = arena;
    libc = new Libc(arena);
    descriptors = new Descriptors(libc, arena);
    time = arena.allocate(Itimerspec.LAYOUT);
    reading = arena.allocate(Timespec.LAYOUT);
    counter = arena.allocate(JAVA_LONG);
    set = arena.allocate(Pollfd.LAYOUT, FIRST_SOURCE);
    wake = libc.eventfd();
    timer = libc.timerfd();
    if (wake < 0 || timer < 0) {
      close();
      throw Descriptors.failure("opening the descriptors of the loop", -Math.min(wake, timer));
    }
    poll(List.of());
    checkClock();
    slept();
  }

  /** The loop counts in {@link System#nanoTime}; the timer descriptor in the monotonic clock. */
  private void checkClock() {
    long before = System.nanoTime();
    long kernel = read(Sys.CLOCK_MONOTONIC);
    if (kernel < before || kernel > System.nanoTime()) {
      close();
      throw new PlatformException(
          "System.nanoTime() of this JVM is not the monotonic clock of Linux, on which the timers"
              + " of this platform rely; use a HotSpot JVM");
    }
  }

  Arena arena() {
    return arena;
  }

  Libc libc() {
    return libc;
  }

  Descriptors descriptors() {
    return descriptors;
  }

  int wakeDescriptor() {
    return wake;
  }

  /** The sources of the last wait, in the order of {@link #ready}. */
  List<Source> polled() {
    return polled;
  }

  /** Sets the sources to wait for. */
  void poll(List<Source> sources) {
    int count = FIRST_SOURCE + sources.size();
    if (set.byteSize() < count * Pollfd.LAYOUT.byteSize()) {
      set = arena.allocate(Pollfd.LAYOUT, count * 2L);
    }
    polled = sources;
    descriptor(WAKE, wake);
    descriptor(TIMER, timer);
    for (int i = 0; i < sources.size(); i++) {
      descriptor(FIRST_SOURCE + i, sources.get(i).descriptor());
    }
  }

  private void descriptor(int place, int fd) {
    long base = place * Pollfd.LAYOUT.byteSize();
    set.set(JAVA_INT, base + Pollfd.FD, fd);
    set.set(JAVA_SHORT, base + Pollfd.EVENTS, (short) Sys.POLLIN);
    set.set(JAVA_SHORT, base + Pollfd.REVENTS, (short) 0);
  }

  /** Whether the last wait found something to do for a source. */
  boolean ready(int source) {
    return revents(FIRST_SOURCE + source) != 0;
  }

  private short revents(int place) {
    return set.get(JAVA_SHORT, place * Pollfd.LAYOUT.byteSize() + Pollfd.REVENTS);
  }

  /** Looks which sources are ready, without waiting. */
  void look() {
    await(0);
  }

  /**
   * Waits for a source, a wake-up or a time.
   *
   * <p>Most deadlines are moved away before they come due, each time an advert is heard. A timer
   * that is set for too early a time is left alone: one needless wake-up costs less than a system
   * call for each move.
   *
   * @param until absolute monotonic time; {@link Long#MAX_VALUE} waits without one
   * @param now a reading of the clock before {@code until}
   */
  void sleep(long until, long now) {
    boolean pending = timerAt > now;
    if (!pending || until < timerAt) {
      setTimer(until);
    }
    await(-1);
  }

  private void await(int millis) {
    int result = libc.poll(set, FIRST_SOURCE + polled.size(), millis);
    if (result < 0) {
      throw Descriptors.failure("poll", -result);
    }
    if (revents(WAKE) != 0) {
      libc.eventfdRead(wake, counter);
    }
  }

  /** Setting the timer, also to never, makes its descriptor unreadable again: no read is needed. */
  private void setTimer(long at) {
    boolean never = at == NEVER;
    long value = Itimerspec.VALUE;
    time.set(JAVA_LONG, value + Timespec.SEC, never ? 0 : at / SECOND);
    time.set(JAVA_LONG, value + Timespec.NSEC, never ? 0 : at % SECOND);
    int result = libc.timerfdSettime(timer, time);
    if (result < 0) {
      throw Descriptors.failure("setting the timer", -result);
    }
    timerAt = at;
  }

  /** What the wall clock is ahead of the monotonic clock, in nanoseconds. */
  long wallMinusMonotonic() {
    long best = 0;
    long narrowest = Long.MAX_VALUE;
    for (int i = 0; i < READINGS && narrowest > CLEAN_READING; i++) {
      long before = System.nanoTime();
      long wall = read(Sys.CLOCK_REALTIME);
      long width = System.nanoTime() - before;
      if (width < narrowest) {
        narrowest = width;
        best = wall - before - width / 2;
      }
    }
    return best;
  }

  /** How long the host has slept since this was made. */
  long slept() {
    long before = System.nanoTime();
    long boot = read(Sys.CLOCK_BOOTTIME);
    return sleep.slept(before, boot, System.nanoTime());
  }

  private long read(int clock) {
    int result = libc.clockGettime(clock, reading);
    if (result < 0) {
      throw Descriptors.failure("reading the clock", -result);
    }
    return reading.get(JAVA_LONG, Timespec.SEC) * SECOND + reading.get(JAVA_LONG, Timespec.NSEC);
  }

  @Override
  public void close() {
    if (wake >= 0) {
      libc.close(wake);
    }
    if (timer >= 0) {
      libc.close(timer);
    }
  }
}

package io.havip.linux.internal.guardian;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.ProcessCalls;
import io.havip.linux.internal.libc.Structs.Pollfd;
import io.havip.linux.internal.libc.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The guardian's second thread: waits for the {@link PeriodicThread} of the process to end, which
 * tells that the process is about to, and acts while it takes its time.
 *
 * <p>The loops may still run for a moment. So each router is taken from them as one that stalled:
 * by its word in the shared memory.
 */
final class HaltWatch {

  /** Who is killed loses that thread too; the other thread of the guardian knows in less. */
  private static final long KILLED_NANOS = 1_000_000;

  private static final int ENDLESS = -1;

  private HaltWatch() {}

  /**
   * Starts it; does nothing on a host that cannot tell of the end of a thread.
   *
   * @param other the first thread's watch
   */
  static void start(Region region, Watch other, Consumer<String> log) {
    int thread = region.firstToEnd();
    int descriptor = thread == PeriodicThread.NONE ? -1 : ProcessCalls.threadDescriptor(thread);
    if (descriptor >= 0) {
      Thread.ofPlatform()
          .name("havip-halt-watch")
          .daemon()
          .start(() -> run(descriptor, region, other, log));
    }
  }

  private static void run(int descriptor, Region region, Watch other, Consumer<String> log) {
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      Watch watch = new Watch(region, new Hands(libc, arena), arena, log);
      MemorySegment set = arena.allocate(Pollfd.LAYOUT);
      set.set(JAVA_INT, Pollfd.FD, descriptor);
      set.set(JAVA_SHORT, Pollfd.EVENTS, (short) Sys.POLLIN);
      if (libc.poll(set, 1, ENDLESS) > 0) {
        LockSupport.parkNanos(KILLED_NANOS);
        other.unlessOver(watch::forestall);
      }
      libc.close(descriptor);
    }
  }
}

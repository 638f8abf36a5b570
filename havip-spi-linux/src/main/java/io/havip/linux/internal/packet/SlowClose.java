package io.havip.linux.internal.packet;

import io.havip.linux.internal.libc.Libc;
import java.lang.foreign.Arena;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/**
 * Closes packet sockets on workers. The kernel waits until no processor uses a socket that has
 * received (6 to 12 ms, measured), and a takeover is under way when a probe ends.
 */
final class SlowClose {

  private final Executor workers;
  private final IntConsumer close;
  private final Set<Integer> open = ConcurrentHashMap.newKeySet();

  SlowClose(Executor workers) {
    this(workers, SlowClose::close);
  }

  /**
   * For tests.
   *
   * @param close is given every descriptor once, on whatever thread
   */
  SlowClose(Executor workers, IntConsumer close) {
    this.workers = workers;
    this.close = close;
  }

  private static void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      new Libc(arena).close(fd);
    }
  }

  /** Closes a descriptor soon. */
  void soon(int fd) {
    open.add(fd);
    workers.execute(() -> now(fd));
  }

  /** Closes what no worker has closed, for workers that have ended drop their tasks. */
  void rest() {
    open.forEach(this::now);
  }

  private void now(int fd) {
    if (open.remove(fd)) {
      close.accept(fd);
    }
  }
}

package io.havip.linux.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Daemon threads for work that may block. A thread is made when work finds none idle, and ends when
 * it has been idle for a while. Work given after {@link #close} is dropped.
 */
final class Workers implements Executor {

  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor pool;

  Workers(String name) {
    AtomicInteger number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-worker-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
  }

  @Override
  public void execute(Runnable work) {
    pool.execute(work);
  }

  /** Interrupts what runs and takes no more work. */
  void close() {
    pool.shutdownNow();
  }

  /** Waits for what runs to end. */
  void await(long nanos) throws InterruptedException {
    boolean _ = pool.awaitTermination(nanos, TimeUnit.NANOSECONDS);
  }
}

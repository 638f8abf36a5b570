package io.havip.linux.internal.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RobustMutexTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void thisHostKeepsThePromise() {
    assertThat(RobustMutex.obstacle()).isEmpty();
  }

  @Test
  void aHolderThatEndsIsToldFromOneThatUnlocks() throws InterruptedException {
    try (Arena arena = Arena.ofShared()) {
      RobustMutex mutex = new RobustMutex(arena.allocate(RobustMutex.ROOM, 16), arena);
      mutex.create();
      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch enough = new CountDownLatch(1);
      Thread orderly =
          Thread.ofPlatform()
              .start(() -> {
                mutex.lock();
                held.countDown();
                awaitQuietly(enough);
                mutex.unlock();
              });
      held.await();
      long now = System.nanoTime();
      assertThat(mutex.lockUntil(now)).isEqualTo(Errno.ETIMEDOUT);
      enough.countDown();
      orderly.join();
      assertThat(mutex.lockUntil(System.nanoTime() + SECOND)).isZero();
      assertThat(mutex.unlock()).isZero();

      Thread.ofPlatform().start(mutex::lock).join();
      assertThat(mutex.lockUntil(System.nanoTime() + SECOND)).isEqualTo(Errno.EOWNERDEAD);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

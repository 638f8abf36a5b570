package io.havip.testkit.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waiting for a condition, with a deadline and a message that says what was seen last. */
public final class Await {
  private static final long PAUSE_NANOS = 1_000_000;

  private Await() {}

  /**
   * Looks at a value again and again, about every millisecond, until it is the wanted one.
   *
   * @param what the wanted thing in words, for the message
   * @param timeout how long to look; the value is looked at once even if this is zero
   * @param look produces the value; runs on the calling thread
   * @param wanted tells whether the value is the wanted one
   * @param <T> the value's type; its {@code toString} goes into the message
   * @return the first value that was the wanted one
   * @throws LabTimeoutException when the time is over; the message contains the last value
   * @throws LabException when the thread was interrupted; its interrupt flag stays set
   */
  public static <T> T until(
      String what, Duration timeout, Supplier<T> look, Predicate<? super T> wanted) {
    long start = System.nanoTime();
    while (true) {
      T seen = look.get();
      if (wanted.test(seen)) {
        return seen;
      }
      if (System.nanoTime() - start >= timeout.toNanos()) {
        throw new LabTimeoutException(
            "waited " + text(timeout) + " for " + what + ", last seen: " + seen);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw new LabException("interrupted while waiting for " + what);
      }
    }
  }

  /**
   * Waits until a condition holds.
   *
   * @param what the condition in words, for the message
   * @param timeout how long to wait
   * @param condition the condition; runs on the calling thread about every millisecond
   * @throws LabTimeoutException when the time is over
   * @throws LabException when the thread was interrupted; its interrupt flag stays set
   */
  public static void until(String what, Duration timeout, BooleanSupplier condition) {
    until(what, timeout, condition::getAsBoolean, Boolean::booleanValue);
  }

  static String text(Duration duration) {
    return duration.toMillis() + " ms";
  }
}

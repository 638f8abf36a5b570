package io.havip.linux.internal.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes a way without effect so often that the JVM compiles it. Without this the first takeover,
 * for which everything here exists, would be the first use of its code and take many milliseconds
 * (measured: 7 to 144 ms for the first address added, 0.1 ms for the tenth).
 *
 * <p>The JVM's first compiler takes a method after 200 calls, but looks at the count only every 128
 * calls, and asks for as many times more calls as there are fives of methods that wait for it.
 * While a process starts, dozens do: 300 rounds without a pause left most of the way to be compiled
 * in the takeover (measured).
 */
public final class WarmUp {

  private static final int ROUNDS = 128;
  private static final int ROWS = 8;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private WarmUp() {}

  /** Takes a way, with pauses in which the compilers catch up. */
  public static void take(Runnable way) {
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < ROUNDS; i++) {
        way.run();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}

package io.havip.spi;

import java.time.Duration;

/**
 * What takes a bound address off the host when the process cannot do so itself, with the bound the
 * platform guarantees.
 */
public sealed interface Fence {

  /** Nothing does: after a crash the address stays until someone removes it. */
  record None() implements Fence {}

  /**
   * The address goes when the process ends, however it ends.
   *
   * @param exitBound longest time from the death of the process to silence
   */
  record OnExit(Duration exitBound) implements Fence {}

  /**
   * The address goes when the process ends and when its loop stops running.
   *
   * @param exitBound longest time from the death of the process to silence
   * @param stallBound longest time from the last turn of the loop to silence
   */
  record OnExitAndStall(Duration exitBound, Duration stallBound) implements Fence {}
}

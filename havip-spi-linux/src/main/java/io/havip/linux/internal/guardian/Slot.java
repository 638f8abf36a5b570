package io.havip.linux.internal.guardian;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * A router's place in the {@link Region}, by static methods that take its offset, so that looking
 * at thousands of them makes no object.
 *
 * <p>The <em>word</em> is a deadline and a state. Shut is 0. Open means: if the deadline passes and
 * the word is still the same, the guardian may change it to resigned and act. The process opens and
 * renews with a later deadline; whoever finds that the other was first must not act.
 *
 * <p>The <em>extent</em> names where the router's {@link Will} is: its version, its place and its
 * length in one word, so that it changes in one step.
 */
final class Slot {

  static final long SIZE = 64;

  private static final long WORD = 0;
  private static final long EXTENT = 8;
  private static final long BOUND = 16;
  private static final long CELL = 24;

  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle LONG = JAVA_LONG.varHandle();

  static final long SHUT = 0;
  private static final int STATE_BITS = 2;
  private static final long STATE = (1 << STATE_BITS) - 1;
  private static final long STATE_OPEN = 1;
  private static final long STATE_RESIGNED = 2;

  private static final int LENGTH_BITS = 20;
  private static final int PLACE_BITS = 24;
  private static final int UNIT = 8;

  /** No will, so nobody is guarded here. */
  static final long NO_EXTENT = 0;

  /** The longest will, which the guardian must be able to copy. */
  static final int MAX_EXTENT = 256 * 1024;

  private Slot() {}

  /** The word of a slot that is open up to a monotonic time. */
  static long openUntil(long deadline) {
    return (deadline << STATE_BITS) | STATE_OPEN;
  }

  static boolean isOpen(long word) {
    return (word & STATE) == STATE_OPEN;
  }

  static long deadline(long word) {
    return word >> STATE_BITS;
  }

  /** The word that the guardian leaves where it has acted. */
  static long resigned(long word) {
    return (word & ~STATE) | STATE_RESIGNED;
  }

  static long word(MemorySegment memory, long slot) {
    return (long) LONG.getAcquire(memory, slot + WORD);
  }

  static void word(MemorySegment memory, long slot, long word) {
    LONG.setRelease(memory, slot + WORD, word);
  }

  /** Changes the word if nobody else has; says whether it did. */
  static boolean swap(MemorySegment memory, long slot, long expected, long word) {
    return LONG.compareAndSet(memory, slot + WORD, expected, word);
  }

  static long extent(MemorySegment memory, long slot) {
    return (long) LONG.getAcquire(memory, slot + EXTENT);
  }

  static void extent(MemorySegment memory, long slot, long extent) {
    LONG.setRelease(memory, slot + EXTENT, extent);
  }

  /** The stall bound in nanoseconds, also of a slot that is shut. */
  static long bound(MemorySegment memory, long slot) {
    return (long) LONG.getAcquire(memory, slot + BOUND);
  }

  static void bound(MemorySegment memory, long slot, long nanos) {
    LONG.setRelease(memory, slot + BOUND, nanos);
  }

  static int cell(MemorySegment memory, long slot) {
    return (int) INT.getAcquire(memory, slot + CELL);
  }

  static void cell(MemorySegment memory, long slot, int cell) {
    INT.setRelease(memory, slot + CELL, cell);
  }

  /** Names an extent; place and length are multiples of 8. */
  static long extentOf(int version, long place, long length) {
    long at = ((long) version << PLACE_BITS) | (place / UNIT);
    return (at << LENGTH_BITS) | (length / UNIT);
  }

  static long place(long extent) {
    return ((extent >>> LENGTH_BITS) & ((1L << PLACE_BITS) - 1)) * UNIT;
  }

  static long length(long extent) {
    return (extent & ((1L << LENGTH_BITS) - 1)) * UNIT;
  }
}

package io.havip.linux.internal.guardian;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.havip.linux.internal.libc.RobustMutex;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The memory that a process and its guardian share: who is guarded, until when, and what is to be
 * done in its place.
 *
 * <pre>
 * header   magic, open or closed, slots in use, the guardian's beat, the thread that ends first,
 *          the mutex of the process
 * cells    one for each loop: in use or not, the mutex that the loop's thread holds
 * slots    one for each router: its word, its extent, its stall bound, its cell
 * extents  what is to be done for a router, see {@link Will}
 * </pre>
 *
 * <p>The process writes everything but the beat, and the word of an open slot, which both change by
 * compare-and-set: who changes it acts. Views are cheap and may be made for any part of it.
 */
final class Region {

  /** Sparse: only what is used takes memory. */
  static final long SIZE = 64L << 20;

  static final int SLOTS = 8192;
  static final int CELLS = 16;

  /** The layout, too: a guardian of another version must not read this. */
  private static final long MAGIC = 0x6861_7669_7000_0002L;

  static final int OPEN = 1;
  static final int CLOSED = 2;

  private static final long HEADER_MAGIC = 0;
  private static final long HEADER_STATE = 8;
  private static final long HEADER_SLOTS = 12;
  private static final long HEADER_BEAT = 16;
  private static final long HEADER_FIRST_TO_END = 24;
  private static final long HEADER_MUTEX = 64;
  private static final long FIRST_CELL = 256;
  private static final long CELL_SIZE = 128;
  private static final long CELL_MUTEX = 64;
  private static final long FIRST_SLOT = 4096;

  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle LONG = JAVA_LONG.varHandle();

  private final MemorySegment memory;
  private final int slots;

  /**
   * Looks at memory as a region.
   *
   * @param slots how many slots it has room for
   */
  Region(MemorySegment memory, int slots) {
    this.memory = memory;
    this.slots = slots;
  }

  /** Makes an empty region of zeros. */
  void create() {
    INT.setRelease(memory, HEADER_STATE, OPEN);
    LONG.setRelease(memory, HEADER_MAGIC, MAGIC);
  }

  /** Whether this is a region of this version. */
  boolean known() {
    return (long) LONG.getAcquire(memory, HEADER_MAGIC) == MAGIC;
  }

  MemorySegment memory() {
    return memory;
  }

  /** Where the extents start. */
  long firstExtent() {
    return FIRST_SLOT + (long) slots * Slot.SIZE;
  }

  /** Says that the process ends in order: nobody is guarded any more. */
  void close() {
    INT.setRelease(memory, HEADER_STATE, CLOSED);
  }

  boolean closed() {
    return (int) INT.getAcquire(memory, HEADER_STATE) == CLOSED;
  }

  /** The guardian looked at every slot at that time. */
  void beat(long now) {
    LONG.setRelease(memory, HEADER_BEAT, now);
  }

  long lastBeat() {
    return (long) LONG.getAcquire(memory, HEADER_BEAT);
  }

  /** The number of the {@link PeriodicThread} of the process. */
  int firstToEnd() {
    return (int) INT.getAcquire(memory, HEADER_FIRST_TO_END);
  }

  void firstToEnd(int thread) {
    INT.setRelease(memory, HEADER_FIRST_TO_END, thread);
  }

  /** Held by a thread of the process as long as the process lives. */
  RobustMutex mutex(Arena arena) {
    return new RobustMutex(memory.asSlice(HEADER_MUTEX), arena);
  }

  private static long cell(int cell) {
    return FIRST_CELL + cell * CELL_SIZE;
  }

  /** Whether a loop uses the cell and has not ended in order. */
  boolean inUse(int cell) {
    return (int) INT.getAcquire(memory, cell(cell)) == OPEN;
  }

  void use(int cell, boolean use) {
    INT.setRelease(memory, cell(cell), use ? OPEN : CLOSED);
  }

  /** Held by the loop's thread as long as it lives. */
  RobustMutex cellMutex(int cell, Arena arena) {
    return new RobustMutex(memory.asSlice(cell(cell) + CELL_MUTEX), arena);
  }

  /** How many slots have ever been used. */
  int slotsUsed() {
    return Math.min(slots, (int) INT.getAcquire(memory, HEADER_SLOTS));
  }

  void slotsUsed(int count) {
    INT.setRelease(memory, HEADER_SLOTS, count);
  }

  static long slot(int slot) {
    return FIRST_SLOT + (long) slot * Slot.SIZE;
  }
}

package io.havip.linux.internal.guardian;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.RobustMutex;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * The guardian's work: waits for the mutex of the process until the next deadline, and acts for
 * those whose deadline passed or whose loop died. Confined to one thread; allocates nothing while
 * all is well.
 *
 * <p>The mutex of the process only wakes it. Whether a loop is dead, its own mutex says: then its
 * thread runs no more, so nothing it began can undo what is done here.
 */
final class Watch {

  /** A router that is put under guard is seen after this time at the latest. */
  private static final long LONGEST_SLEEP = 250_000_000L;

  /** How long to wait for one loop of a process that is dying before looking at the next. */
  private static final long FIRST_WAIT = 2_000_000L;

  private final Region region;
  private final MemorySegment memory;
  private final Hands hands;
  private final Consumer<String> log;
  private final RobustMutex process;
  private final RobustMutex[] loops = new RobustMutex[Region.CELLS];
  private final boolean[] dead = new boolean[Region.CELLS];
  private boolean over;
  private int resigned;
  private int lastError;

  /**
   * Creates it.
   *
   * @param log gets a line when something was done
   */
  Watch(Region region, Hands hands, Arena arena, Consumer<String> log) {
    this.region = region;
    this.hands = hands;
    this.log = log;
    memory = region.memory();
    process = region.mutex(arena);
    for (int cell = 0; cell < loops.length; cell++) {
      loops[cell] = region.cellMutex(cell, arena);
    }
  }

  /** Watches until the process ends. */
  void run() {
    int result = Errno.ETIMEDOUT;
    while (result == Errno.ETIMEDOUT) {
      long now = System.nanoTime();
      long next = look(now);
      region.beat(now);
      result = process.lockUntil(Math.min(next, now + LONGEST_SLEEP));
    }
    setOver();
    if (result == Errno.EOWNERDEAD && !region.closed()) {
      bury();
    } else if (result != 0) {
      log.accept("the mutex of the process gave " + Errno.describe(result));
    }
  }

  private synchronized void setOver() {
    over = true;
  }

  /**
   * Does something unless the process has ended. If it ends meanwhile, nothing is done about that
   * before this returns. May be called from any thread.
   */
  synchronized void unlessOver(Runnable action) {
    if (!over) {
      action.run();
    }
  }

  /** The process is about to end without closing its nodes: acts for each router that is open. */
  void forestall() {
    if (region.closed()) {
      return;
    }
    int used = region.slotsUsed();
    for (int i = 0; i < used; i++) {
      long slot = Region.slot(i);
      if (Slot.extent(memory, slot) != Slot.NO_EXTENT && claim(slot)) {
        act(slot);
      }
    }
    if (resigned > 0) {
      tell("the process is ending without closing its nodes");
    }
  }

  /** Acts for each router whose deadline has passed, and returns the next deadline. */
  long look(long now) {
    long next = Long.MAX_VALUE;
    boolean any = false;
    int used = region.slotsUsed();
    for (int i = 0; i < used; i++) {
      long slot = Region.slot(i);
      if (Slot.extent(memory, slot) == Slot.NO_EXTENT) {
        continue;
      }
      long word = Slot.word(memory, slot);
      long deadline = Slot.isOpen(word) ? Slot.deadline(word) : Long.MAX_VALUE;
      if (deadline <= now && Slot.swap(memory, slot, word, Slot.resigned(word))) {
        act(slot);
        any = true;
      } else {
        next = Math.min(next, deadline <= now ? now : deadline);
      }
      // Who opens after this look has at least the bound.
      next = Math.min(next, now + Slot.bound(memory, slot));
    }
    if (any) {
      tell("the process did not run in time");
    }
    return next;
  }

  /** Whether the router was open and it is for the caller to act. */
  private boolean claim(long slot) {
    long word = Slot.word(memory, slot);
    while (Slot.isOpen(word)) {
      if (Slot.swap(memory, slot, word, Slot.resigned(word))) {
        return true;
      }
      word = Slot.word(memory, slot); // renewed, or shut
    }
    return false;
  }

  private void act(long slot) {
    note(hands.takeOff(memory, slot));
    note(hands.resign(memory, slot));
    resigned++;
  }

  private void note(int errno) {
    lastError = errno == 0 ? lastError : errno;
  }

  /** The process is dying: acts for each of its loops once that is dead. */
  private void bury() {
    long wait = FIRST_WAIT;
    boolean anyAlive = true;
    while (anyAlive) {
      anyAlive = false;
      for (int cell = 0; cell < loops.length; cell++) {
        anyAlive |= !dead[cell] && region.inUse(cell) && !isBuried(cell, wait);
      }
      look(System.nanoTime());
      wait = Math.min(2 * wait, LONGEST_SLEEP);
    }
    tell("the process ended without closing its nodes");
  }

  /** Waits for the end of a loop's thread; false if it lives. */
  private boolean isBuried(int cell, long wait) {
    int result = loops[cell].lockUntil(System.nanoTime() + wait);
    if (result == Errno.ETIMEDOUT) {
      return false;
    }
    dead[cell] = true;
    if (region.inUse(cell)) {
      bury(cell);
    }
    return true;
  }

  /** All addresses first, for the sooner they are gone the better; also those of a BACKUP. */
  void bury(int cell) {
    int used = region.slotsUsed();
    for (int i = 0; i < used; i++) {
      if (Slot.cell(memory, Region.slot(i)) == cell) {
        note(hands.takeOff(memory, Region.slot(i)));
      }
    }
    for (int i = 0; i < used; i++) {
      long slot = Region.slot(i);
      if (Slot.cell(memory, slot) == cell && claim(slot)) {
        note(hands.resign(memory, slot));
        resigned++;
      }
    }
    for (int i = 0; i < used; i++) {
      if (Slot.cell(memory, Region.slot(i)) == cell) {
        note(hands.cleanUp(memory, Region.slot(i)));
      }
    }
  }

  private void tell(String why) {
    log.accept(
        why
            + ": resigned for "
            + resigned
            + (resigned == 1 ? " router" : " routers")
            + (lastError == 0 ? "" : "; an operation failed with " + Errno.describe(lastError)));
    resigned = 0;
    lastError = 0;
  }
}

package io.havip.linux.internal.guardian;

import io.havip.linux.internal.libc.Descriptors;
import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.ProcessCalls;
import io.havip.linux.internal.packet.PreparedAdverts;
import io.havip.spi.PlatformException;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/**
 * The process's side of a {@link Region}: makes it and gives out its cells, slots and extents. It
 * has no name in any file system, so nothing is left of it whoever dies. Any thread may call.
 */
final class SharedMemory {

  private final int descriptor;
  private final Arena arena = Arena.ofShared();
  private final Region region;
  private final Extents extents;
  private final BitSet cells = new BitSet(Region.CELLS);
  private final BitSet slots = new BitSet(Region.SLOTS);
  private int version;

  private SharedMemory(int descriptor) throws IOException {
    this.descriptor = descriptor;
    try (FileChannel channel =
        FileChannel.open(
            file(descriptor).toPath(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, Region.SIZE, arena);
      region = new Region(memory, Region.SLOTS);
    }
    region.create();
    region.mutex(arena).create();
    extents = new Extents(region.firstExtent(), Region.SIZE);
  }

  /**
   * Makes the memory.
   *
   * @throws PlatformException if the host refuses
   */
  static SharedMemory open() {
    int descriptor = ProcessCalls.memoryFile("havip-guardian");
    if (descriptor < 0) {
      throw Descriptors.failure("making the memory that is shared with the guardian", -descriptor);
    }
    try {
      return new SharedMemory(descriptor);
    } catch (IOException e) {
      close(descriptor);
      throw new PlatformException("mapping the memory that is shared with the guardian: " + e, e);
    }
  }

  /** A descriptor of this process, as a file that can be opened again. */
  private static File file(int descriptor) {
    return Path.of("/proc/self/fd", Integer.toString(descriptor)).toFile();
  }

  /** What the guardian gets as its standard input. */
  File file() {
    return file(descriptor);
  }

  Region region() {
    return region;
  }

  Arena arena() {
    return arena;
  }

  /**
   * A cell for a loop, whose mutex nobody holds.
   *
   * @throws PlatformException if all are taken
   */
  synchronized int takeCell() {
    int cell = cells.nextClearBit(0);
    if (cell >= Region.CELLS) {
      throw new PlatformException(
          "one guardian looks after " + Region.CELLS + " nodes of a process at most");
    }
    cells.set(cell);
    region.cellMutex(cell, arena).create();
    return cell;
  }

  synchronized void giveBackCell(int cell) {
    cells.clear(cell);
  }

  /**
   * The offset of a slot that is shut and has no will.
   *
   * @throws PlatformException if all are taken
   */
  synchronized long takeSlot(int cell) {
    int number = slots.nextClearBit(0);
    if (number >= Region.SLOTS) {
      throw new PlatformException("a guardian looks after " + Region.SLOTS + " routers at most");
    }
    slots.set(number);
    long slot = Region.slot(number);
    Slot.word(region.memory(), slot, Slot.SHUT);
    Slot.cell(region.memory(), slot, cell);
    region.slotsUsed(Math.max(region.slotsUsed(), number + 1));
    return slot;
  }

  synchronized void giveBackSlot(long slot) {
    setExtent(slot, Slot.NO_EXTENT);
    Slot.word(region.memory(), slot, Slot.SHUT);
    slots.clear((int) ((slot - Region.slot(0)) / Slot.SIZE));
  }

  /**
   * Gives a slot another will, in one step for who reads it.
   *
   * @throws PlatformException if it is too long
   */
  synchronized void bequeath(long slot, Will will, PreparedAdverts adverts) {
    long size = will.size();
    if (size > Slot.MAX_EXTENT) {
      throw new PlatformException(
          "its addresses and resignations take "
              + size
              + " bytes; the guardian has room for "
              + Slot.MAX_EXTENT);
    }
    long place = extents.take(size);
    will.write(region.memory(), place, adverts);
    setExtent(slot, Slot.extentOf(++version, place, size));
  }

  private void setExtent(long slot, long extent) {
    long before = Slot.extent(region.memory(), slot);
    Slot.extent(region.memory(), slot, extent);
    if (before != Slot.NO_EXTENT) {
      extents.giveBack(Slot.place(before), Slot.length(before));
    }
  }

  /** Releases it; nobody may use it any more. */
  void close() {
    arena.close();
    close(descriptor);
  }

  private static void close(int descriptor) {
    try (Arena scratch = Arena.ofConfined()) {
      new Libc(scratch).close(descriptor);
    }
  }
}

package io.havip.linux.internal.guardian;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.havip.linux.internal.libc.RobustMutex;
import io.havip.linux.internal.netlink.PreparedRequests;
import io.havip.linux.internal.packet.PreparedAdverts;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Plays the guardian's one scene before it is needed, in memory of its own, on an interface that
 * cannot exist and to nobody: classes are loaded, calls linked, methods compiled and memory is
 * touched by then.
 */
final class Rehearsal {

  /** The JVM compiles a method at about its 200th call. */
  private static final int ROUNDS = 300;

  private static final long ROOM = 64 * 1024;

  /** As long as an empty will. What is shorter than 64 bytes the JVM copies by another class. */
  private static final long SMALL = Will.BODY;

  private Rehearsal() {}

  static void play(Hands hands) {
    try (Arena arena = Arena.ofConfined()) {
      Region stage = new Region(arena.allocate(ROOM, 64), 1);
      stage.create();
      writeWill(stage);
      RobustMutex held = stage.mutex(arena);
      held.create();
      held.lock();
      Watch watch = new Watch(stage, hands, arena, line -> {});
      MemorySegment memory = stage.memory();
      long slot = Region.slot(0);
      MemorySegment small = arena.allocate(SMALL);
      for (int i = 0; i < ROUNDS; i++) {
        MemorySegment.copy(memory, 0, small, 0, SMALL);
        long now = System.nanoTime();
        Slot.word(memory, slot, Slot.openUntil(now));
        watch.look(now);
        stage.beat(now);
        held.lockUntil(now);
        Slot.word(memory, slot, Slot.openUntil(now + 1));
        watch.bury(0);
      }
      held.unlock();
    }
  }

  private static void writeWill(Region stage) {
    int nowhere = PreparedRequests.NO_INDEX;
    VirtualAddress nobody = VirtualAddress.parse("192.0.2.1/32");
    Will will =
        Will.ofRequests(
            PreparedRequests.removeAddress(nowhere, nobody), PreparedRequests.removeLink(nowhere));
    MemorySegment memory = stage.memory();
    long place = stage.firstExtent();
    long at = will.writeRequests(memory, place);
    memory.set(JAVA_INT, place + Will.RESIGNATIONS, 2);
    for (IpFamily family : IpFamily.values()) {
      PreparedAdverts.writeToNobody(memory, at, family);
      at += PreparedAdverts.room(0);
    }
    Slot.extent(memory, Region.slot(0), Slot.extentOf(1, place, at - place));
    Slot.cell(memory, Region.slot(0), 0);
    stage.slotsUsed(1);
  }
}

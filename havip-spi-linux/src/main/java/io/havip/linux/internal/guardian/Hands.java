package io.havip.linux.internal.guardian;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.havip.linux.internal.libc.Descriptors;
import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.netlink.RequestHand;
import io.havip.linux.internal.packet.AdvertHand;
import io.havip.linux.internal.packet.PreparedAdverts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What the guardian acts with: sockets of its own, and a copy of the {@link Will} at hand, for the
 * original may change while its process lives. Confined to one thread; allocates nothing once made.
 */
final class Hands {

  private final RequestHand requests;
  private final AdvertHand adverts;
  private final MemorySegment copy;

  /**
   * Opens the sockets.
   *
   * @throws io.havip.spi.PlatformException if the host refuses
   */
  Hands(Libc libc, Arena arena) {
    Descriptors descriptors = new Descriptors(libc, arena);
    requests = new RequestHand(libc, descriptors, arena);
    adverts = new AdvertHand(libc, descriptors, arena);
    copy = arena.allocate(Slot.MAX_EXTENT, 8);
  }

  /** Takes a copy of a slot's will; false if there is none. */
  private boolean take(MemorySegment memory, long slot) {
    long extent = Slot.extent(memory, slot);
    while (extent != Slot.NO_EXTENT) {
      long length = Slot.length(extent);
      if (length <= copy.byteSize()) {
        MemorySegment.copy(memory, Slot.place(extent), copy, 0, length);
      }
      long now = Slot.extent(memory, slot);
      if (now == extent) {
        return length <= copy.byteSize();
      }
      extent = now;
    }
    return false;
  }

  /** Takes a router's addresses off the host; returns an error number, 0 if all went well. */
  int takeOff(MemorySegment memory, long slot) {
    if (!take(memory, slot)) {
      return 0;
    }
    int length = copy.get(JAVA_INT, Will.REMOVALS_LENGTH);
    return length == 0 ? 0 : requests.make(copy.asSlice(Will.BODY), length);
  }

  /** Removes what else a dead process leaves behind for a router. */
  int cleanUp(MemorySegment memory, long slot) {
    if (!take(memory, slot)) {
      return 0;
    }
    int length = copy.get(JAVA_INT, Will.CLEANUP_LENGTH);
    long at = Will.BODY + Will.padded(copy.get(JAVA_INT, Will.REMOVALS_LENGTH));
    return length == 0 ? 0 : requests.make(copy.asSlice(at), length);
  }

  /** Sends a router's resignations. */
  int resign(MemorySegment memory, long slot) {
    if (!take(memory, slot)) {
      return 0;
    }
    long at =
        Will.BODY
            + Will.padded(copy.get(JAVA_INT, Will.REMOVALS_LENGTH))
            + Will.padded(copy.get(JAVA_INT, Will.CLEANUP_LENGTH));
    int errno = 0;
    for (int i = copy.get(JAVA_INT, Will.RESIGNATIONS); i > 0; i--) {
      int refused = adverts.send(copy, at);
      errno = refused == 0 ? errno : refused;
      at += PreparedAdverts.room(copy, at);
    }
    return errno;
  }
}

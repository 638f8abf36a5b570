package io.havip.linux.internal.packet;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.havip.linux.internal.libc.Structs.Iovec;
import io.havip.linux.internal.libc.Structs.Mmsghdr;
import io.havip.linux.internal.libc.Structs.Msghdr;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The native memory of a number of messages, as {@code sendmmsg} and {@code recvmmsg} want it:
 * headers, each pointing to a socket address, one vector, control messages and data.
 */
final class MessageRing {

  private static final long NAME_ROOM = 32;
  private static final long CONTROL_ROOM = 128;
  private static final long HEADER = Mmsghdr.LAYOUT.byteSize();

  private final int count;
  private final long dataRoom;
  private final long firstVector;
  private final long firstName;
  private final long firstControl;
  private final long firstData;
  private final MemorySegment memory;

  /**
   * Allocates the memory.
   *
   * @param count messages
   * @param dataRoom bytes of data of one message, a multiple of 8
   */
  MessageRing(Arena arena, int count, int dataRoom) {
    this.count = count;
    this.dataRoom = dataRoom;
    firstVector = count * HEADER;
    firstName = firstVector + count * Iovec.LAYOUT.byteSize();
    firstControl = firstName + count * NAME_ROOM;
    firstData = firstControl + count * CONTROL_ROOM;
    memory = arena.allocate(firstData + count * this.dataRoom, 8);
    for (int i = 0; i < count; i++) {
      memory.set(JAVA_LONG, header(i) + Msghdr.NAME, memory.address() + name(i));
      memory.set(JAVA_LONG, header(i) + Msghdr.IOV, memory.address() + vector(i));
      memory.set(JAVA_LONG, header(i) + Msghdr.IOVLEN, 1);
      memory.set(JAVA_LONG, header(i) + Msghdr.CONTROL, memory.address() + control(i));
      memory.set(JAVA_LONG, vector(i) + Iovec.BASE, memory.address() + data(i));
    }
  }

  int count() {
    return count;
  }

  int dataRoom() {
    return (int) dataRoom;
  }

  /** The whole memory, to which all offsets refer. */
  MemorySegment memory() {
    return memory;
  }

  /** The headers from one message on. */
  MemorySegment headers(int first) {
    return first == 0 ? memory : memory.asSlice(header(first));
  }

  long name(int message) {
    return firstName + message * NAME_ROOM;
  }

  long control(int message) {
    return firstControl + message * CONTROL_ROOM;
  }

  long data(int message) {
    return firstData + message * dataRoom;
  }

  private long vector(int message) {
    return firstVector + message * Iovec.LAYOUT.byteSize();
  }

  private static long header(int message) {
    return message * HEADER;
  }

  /** Sets the lengths of a message to send. */
  void lengths(int message, int nameLength, long controlLength, int dataLength) {
    memory.set(JAVA_INT, header(message) + Msghdr.NAMELEN, nameLength);
    memory.set(JAVA_LONG, header(message) + Msghdr.CONTROLLEN, controlLength);
    memory.set(JAVA_LONG, vector(message) + Iovec.LEN, dataLength);
  }

  /** Gives all room back to the messages, as the kernel has shortened it to what was received. */
  void offerAll() {
    for (int i = 0; i < count; i++) {
      lengths(i, (int) NAME_ROOM, CONTROL_ROOM, (int) dataRoom);
    }
  }

  int receivedLength(int message) {
    return Math.min((int) dataRoom, memory.get(JAVA_INT, header(message) + Mmsghdr.LEN));
  }

  long receivedControlLength(int message) {
    return Math.min(CONTROL_ROOM, memory.get(JAVA_LONG, header(message) + Msghdr.CONTROLLEN));
  }
}

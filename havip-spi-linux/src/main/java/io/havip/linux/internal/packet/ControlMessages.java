package io.havip.linux.internal.packet;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.havip.linux.internal.libc.Structs.Cmsghdr;
import java.lang.foreign.MemorySegment;

/** Walks over the control messages of a received message, as {@code CMSG_NXTHDR} does. */
final class ControlMessages {

  private final MemorySegment memory;
  private long at;
  private long next;
  private long end;

  ControlMessages(MemorySegment memory) {
    this.memory = memory;
  }

  /** Starts with the messages at a place of the memory. */
  void start(long offset, long length) {
    next = offset;
    end = Math.min(offset + length, memory.byteSize());
  }

  /** Goes to the next message and says whether there is one. */
  boolean advance() {
    at = next;
    if (end - at < Cmsghdr.DATA) {
      return false;
    }
    long length = memory.get(JAVA_LONG, at + Cmsghdr.LEN);
    if (length < Cmsghdr.DATA || length > end - at) {
      return false;
    }
    next = at + Cmsghdr.space(length - Cmsghdr.DATA);
    return true;
  }

  /** Whether the current message is of this kind and holds that many bytes. */
  boolean is(int level, int type, long dataLength) {
    return memory.get(JAVA_INT, at + Cmsghdr.LEVEL) == level
        && memory.get(JAVA_INT, at + Cmsghdr.TYPE) == type
        && memory.get(JAVA_LONG, at + Cmsghdr.LEN) >= Cmsghdr.DATA + dataLength;
  }

  MemorySegment memory() {
    return memory;
  }

  /** Where the data of the current message starts. */
  long data() {
    return at + Cmsghdr.DATA;
  }

  /**
   * Writes the header of a control message.
   *
   * @return where its data goes
   */
  static long put(MemorySegment memory, long offset, int level, int type, long dataLength) {
    memory.set(JAVA_LONG, offset + Cmsghdr.LEN, Cmsghdr.DATA + dataLength);
    memory.set(JAVA_INT, offset + Cmsghdr.LEVEL, level);
    memory.set(JAVA_INT, offset + Cmsghdr.TYPE, type);
    return offset + Cmsghdr.DATA;
  }
}

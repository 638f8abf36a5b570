package io.havip.linux.internal.packet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import java.lang.foreign.MemorySegment;

/**
 * Writes VRRP messages with all that is needed to send them, for somebody who sends them later: an
 * {@link AdvertHand}, perhaps in another process. Confined to the loop.
 *
 * <p>Everything is where the offsets of this class say; the parts are what {@code msghdr} wants.
 */
public final class PreparedAdverts {

  static final long FAMILY = 0;
  static final long NAME_LENGTH = 4;
  static final long CONTROL_LENGTH = 8;
  static final long DATA_LENGTH = 12;
  static final long NAME = 16;
  static final long CONTROL = 48;
  static final long DATA = 144;

  private final Ipv4Format four;
  private final Ipv6Format six;

  /** Creates the writer. */
  public PreparedAdverts(EventLoop loop) {
    four = new Ipv4Format(loop);
    six = new Ipv6Format(loop);
  }

  /**
   * The room a message needs.
   *
   * @param length bytes of the message
   * @return bytes, a multiple of 8
   */
  public static long room(int length) {
    return DATA + (length + 7L) / 8 * 8;
  }

  /** The room of the message that starts there. */
  public static long room(MemorySegment memory, long offset) {
    return room(memory.get(JAVA_INT, offset + DATA_LENGTH));
  }

  /** Writes a message to nobody, to rehearse its sending with; {@code room(0)} bytes follow. */
  public static void writeToNobody(MemorySegment memory, long offset, IpFamily family) {
    memory.asSlice(offset, DATA).fill((byte) 0);
    memory.set(JAVA_INT, offset + FAMILY, family(family));
  }

  private static int family(IpFamily family) {
    return family == IpFamily.IPV4 ? Sys.AF_INET : Sys.AF_INET6;
  }

  /**
   * Writes a message.
   *
   * @param offset where, a multiple of 8; {@link #room(int)} bytes follow
   * @param index of the interface by which it leaves
   */
  public void write(
      MemorySegment memory,
      long offset,
      int index,
      IpAddress source,
      IpAddress destination,
      int hopLimit,
      byte[] message) {
    IpFamily family = destination.family();
    IpFormat format = family == IpFamily.IPV4 ? four : six;
    writeToNobody(memory, offset, family);
    memory.set(JAVA_INT, offset + NAME_LENGTH, format.nameLength());
    memory.set(JAVA_INT, offset + DATA_LENGTH, message.length);
    format.putName(memory, offset + NAME, destination, index);
    long control = format.putControl(memory, offset + CONTROL, source, index, hopLimit);
    memory.set(JAVA_INT, offset + CONTROL_LENGTH, (int) control);
    MemorySegment.copy(message, 0, memory, JAVA_BYTE, offset + DATA, message.length);
  }
}

package io.havip.linux.internal.packet;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.havip.linux.internal.libc.Descriptors;
import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.Structs.Iovec;
import io.havip.linux.internal.libc.Structs.Mmsghdr;
import io.havip.linux.internal.libc.Structs.Msghdr;
import io.havip.linux.internal.libc.Sys;
import io.havip.spi.PlatformException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sends {@link PreparedAdverts} from sockets of its own, by any interface, and receives nothing.
 * Confined to the thread that creates it.
 */
public final class AdvertHand {

  private static final int NO_SOCKET = -1;

  private final Libc libc;
  private final MemorySegment header;
  private final MemorySegment vector;
  private final int four;
  private final int six;

  /**
   * Opens the sockets.
   *
   * @throws PlatformException if the host refuses both families
   */
  public AdvertHand(Libc libc, Descriptors descriptors, Arena arena) {
    this.libc = libc;
    header = arena.allocate(Mmsghdr.LAYOUT);
    vector = arena.allocate(Iovec.LAYOUT);
    header.set(JAVA_LONG, Msghdr.IOV, vector.address());
    header.set(JAVA_LONG, Msghdr.IOVLEN, 1);
    String what = "a raw VRRP socket";
    four = Ipv4Format.open(descriptors, what);
    PacketFilter.NOTHING.attach(descriptors, four, what, arena);
    six = openSix(descriptors, arena);
  }

  /** A host may have IPv6 switched off. */
  private static int openSix(Descriptors descriptors, Arena arena) {
    String what = "a raw VRRP socket for IPv6";
    try {
      int fd = Ipv6Format.open(descriptors, what);
      PacketFilter.NOTHING.attach(descriptors, fd, what, arena);
      return fd;
    } catch (PlatformException e) {
      return NO_SOCKET;
    }
  }

  /**
   * Sends the message that starts there.
   *
   * @return 0 or a positive error number
   */
  public int send(MemorySegment memory, long offset) {
    int family = memory.get(JAVA_INT, offset + PreparedAdverts.FAMILY);
    int fd = family == Sys.AF_INET ? four : six;
    if (fd == NO_SOCKET) {
      return Errno.EAFNOSUPPORT;
    }
    long at = memory.address() + offset;
    header.set(JAVA_LONG, Msghdr.NAME, at + PreparedAdverts.NAME);
    header.set(
        JAVA_INT, Msghdr.NAMELEN, memory.get(JAVA_INT, offset + PreparedAdverts.NAME_LENGTH));
    header.set(JAVA_LONG, Msghdr.CONTROL, at + PreparedAdverts.CONTROL);
    header.set(
        JAVA_LONG,
        Msghdr.CONTROLLEN,
        memory.get(JAVA_INT, offset + PreparedAdverts.CONTROL_LENGTH));
    vector.set(JAVA_LONG, Iovec.BASE, at + PreparedAdverts.DATA);
    vector.set(JAVA_LONG, Iovec.LEN, memory.get(JAVA_INT, offset + PreparedAdverts.DATA_LENGTH));
    return Math.max(0, -libc.sendmmsg(fd, header, 1));
  }
}

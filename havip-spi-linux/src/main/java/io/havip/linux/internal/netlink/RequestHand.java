package io.havip.linux.internal.netlink;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.havip.linux.internal.libc.Descriptors;
import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.Structs.SockaddrNl;
import io.havip.linux.internal.libc.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes {@link PreparedRequests} on a socket of its own. Confined to the thread that creates it.
 */
public final class RequestHand {

  private static final int ANSWERS = 8 * 1024;

  private final Libc libc;
  private final int fd;
  private final MemorySegment kernel;
  private final MemorySegment answers;

  /**
   * Opens the socket.
   *
   * @throws io.havip.spi.PlatformException if the host refuses
   */
  public RequestHand(Libc libc, Descriptors descriptors, Arena arena) {
    this.libc = libc;
    kernel = arena.allocate(SockaddrNl.LAYOUT);
    kernel.set(JAVA_SHORT, SockaddrNl.FAMILY, (short) Sys.AF_NETLINK);
    answers = arena.allocate(ANSWERS, 8);
    fd =
        descriptors.socket("the rtnetlink socket", Sys.AF_NETLINK, Sys.SOCK_RAW, Sys.NETLINK_ROUTE);
  }

  /**
   * Makes requests, one behind the other. The kernel has done them when this returns; what it
   * answers is thrown away, for what is not there need not be removed.
   *
   * @return 0 or a positive error number
   */
  public int make(MemorySegment requests, long length) {
    int result = libc.sendto(fd, requests, length, kernel);
    while (libc.recvfrom(fd, answers, MemorySegment.NULL, MemorySegment.NULL) > 0) {
      // A queue that is full of answers would refuse the next request.
    }
    return Math.max(0, -result);
  }
}

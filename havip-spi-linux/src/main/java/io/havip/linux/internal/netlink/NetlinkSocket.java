package io.havip.linux.internal.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.Structs.Pollfd;
import io.havip.linux.internal.libc.Structs.SockaddrNl;
import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** A rtnetlink socket, for requests or for events. Confined to the loop. */
final class NetlinkSocket {

  /** The kernel puts at most 32 KiB of a dump into one datagram. */
  private static final int DATAGRAM = 64 * 1024;

  private static final int ANSWER_MILLIS = 1000;

  private final Libc libc;
  private final int fd;
  private final MemorySegment kernel;
  private final MemorySegment sender;
  private final MemorySegment senderLength;
  private final MemorySegment data;
  private final MemorySegment pollfd;
  private final byte[] buffer = new byte[DATAGRAM];

  /**
   * Opens a socket.
   *
   * @param groups the groups whose events it receives, 0 for a socket that makes requests
   */
  NetlinkSocket(EventLoop loop, int groups) {
    libc = loop.libc();
    String what = groups == 0 ? "the rtnetlink socket" : "the rtnetlink event socket";
    kernel = loop.arena().allocate(SockaddrNl.LAYOUT);
    kernel.set(JAVA_SHORT, SockaddrNl.FAMILY, (short) Sys.AF_NETLINK);
    sender = loop.arena().allocate(SockaddrNl.LAYOUT);
    senderLength = loop.arena().allocate(JAVA_INT);
    data = loop.arena().allocate(DATAGRAM);
    pollfd = loop.arena().allocate(Pollfd.LAYOUT);
    fd = loop.descriptors().socket(what, Sys.AF_NETLINK, Sys.SOCK_RAW, Sys.NETLINK_ROUTE);
    loop.descriptors().buffers(fd, 1 << 20, 1 << 16);
    if (groups == 0) {
      // Explanations in refusals; without them the error number has to do.
      loop.descriptors().trySet(fd, Sys.SOL_NETLINK, Sys.NETLINK_EXT_ACK, 1);
    }
    MemorySegment own = loop.arena().allocate(SockaddrNl.LAYOUT);
    own.set(JAVA_SHORT, SockaddrNl.FAMILY, (short) Sys.AF_NETLINK);
    own.set(JAVA_INT, SockaddrNl.GROUPS, groups);
    loop.descriptors().bind(fd, what, own);
    pollfd.set(JAVA_INT, Pollfd.FD, fd);
    pollfd.set(JAVA_SHORT, Pollfd.EVENTS, (short) Sys.POLLIN);
  }

  int descriptor() {
    return fd;
  }

  /** Sends a request to the kernel and returns a negated error or a positive number. */
  int send(byte[] request) {
    MemorySegment.copy(request, 0, data, JAVA_BYTE, 0, request.length);
    return libc.sendto(fd, data, request.length, kernel);
  }

  /**
   * Reads one datagram and hands out its messages.
   *
   * @return negated error, {@code -EAGAIN} if nothing is there
   */
  int receive(Consumer<NetlinkMessage> sink) {
    senderLength.set(JAVA_INT, 0, (int) SockaddrNl.LAYOUT.byteSize());
    int length = libc.recvfrom(fd, data, sender, senderLength);
    if (length < 0) {
      return length;
    }
    // Any privileged process can send to this socket; only the kernel has number 0.
    if (sender.get(JAVA_INT, SockaddrNl.PID) == 0) {
      MemorySegment.copy(data, JAVA_BYTE, 0, buffer, 0, length);
      NetlinkParser.parse(buffer, length, sink);
    }
    return length;
  }

  /**
   * Waits for the answer to a request. The kernel has it ready when the request was sent, except on
   * the rarest occasions.
   */
  int awaitAnswer() {
    int result = libc.poll(pollfd, 1, ANSWER_MILLIS);
    return result == 0 ? -Errno.ETIMEDOUT : result;
  }

  void close() {
    libc.close(fd);
  }
}

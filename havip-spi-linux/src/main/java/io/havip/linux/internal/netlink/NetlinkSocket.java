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

/** A netlink socket, for requests or for events. Confined to the loop. */
public final class NetlinkSocket {

  /** The kernel puts at most 32 KiB of a dump into one datagram. */
  public static final int DATAGRAM = 64 * 1024;

  private static final int ANSWER_MILLIS = 1000;

  private final Libc libc;
  private final int fd;
  private final MemorySegment kernel;
  private final MemorySegment sender;
  private final MemorySegment senderLength;
  private final MemorySegment data;
  private final MemorySegment pollfd;
  private final byte[] buffer;

  /**
   * Opens a socket.
   *
   * @param what names the socket in errors
   * @param protocol {@code NETLINK_*}
   * @param groups the groups whose events it receives, 0 for a socket that makes requests
   * @param room for a datagram in either direction, at least {@link #DATAGRAM} bytes
   */
  public NetlinkSocket(EventLoop loop, String what, int protocol, int groups, int room) {
    libc = loop.libc();
    buffer = new byte[room];
    kernel = loop.arena().allocate(SockaddrNl.LAYOUT);
    kernel.set(JAVA_SHORT, SockaddrNl.FAMILY, (short) Sys.AF_NETLINK);
    sender = loop.arena().allocate(SockaddrNl.LAYOUT);
    senderLength = loop.arena().allocate(JAVA_INT);
    data = loop.arena().allocate(room);
    pollfd = loop.arena().allocate(Pollfd.LAYOUT);
    fd = loop.descriptors().socket(what, Sys.AF_NETLINK, Sys.SOCK_RAW, protocol);
    loop.descriptors().buffers(fd, 1 << 20, 1 << 20);
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
    return send(request, request.length);
  }

  /**
   * Sends requests to the kernel, which has dealt with them when this returns.
   *
   * @param length how many of the bytes, no more than there is room for
   * @return a negated error or a positive number
   */
  public int send(byte[] requests, int length) {
    MemorySegment.copy(requests, 0, data, JAVA_BYTE, 0, length);
    return libc.sendto(fd, data, length, kernel);
  }

  /**
   * Reads one datagram and hands out its messages.
   *
   * @return negated error, {@code -EAGAIN} if nothing is there
   */
  public int receive(Consumer<NetlinkMessage> sink) {
    int length = receive();
    if (length > 0) {
      NetlinkParser.parse(buffer, length, sink);
    }
    return length;
  }

  /**
   * Reads one datagram into {@link #buffer}.
   *
   * @return its length, 0 if it is not from the kernel, or a negated error: {@code -EAGAIN} if
   *     nothing is there
   */
  public int receive() {
    senderLength.set(JAVA_INT, 0, (int) SockaddrNl.LAYOUT.byteSize());
    int length = libc.recvfrom(fd, data, sender, senderLength);
    if (length < 0) {
      return length;
    }
    // Any privileged process can send to this socket; only the kernel has number 0.
    if (sender.get(JAVA_INT, SockaddrNl.PID) != 0) {
      return 0;
    }
    MemorySegment.copy(data, JAVA_BYTE, 0, buffer, 0, length);
    return length;
  }

  /** The bytes of the datagram that was read last. */
  public byte[] buffer() {
    return buffer;
  }

  /**
   * Waits for the answer to a request. The kernel has it ready when the request was sent, except on
   * the rarest occasions.
   */
  public int awaitAnswer() {
    int result = libc.poll(pollfd, 1, ANSWER_MILLIS);
    return result == 0 ? -Errno.ETIMEDOUT : result;
  }

  /** Closes the socket. */
  public void close() {
    libc.close(fd);
  }
}

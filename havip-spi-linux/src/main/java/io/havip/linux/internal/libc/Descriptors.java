package io.havip.linux.internal.libc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.havip.spi.PlatformException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Opens descriptors and sets their options, with errors that say what failed and what to do. */
public final class Descriptors {

  private final Libc libc;
  private final MemorySegment scratch;

  /**
   * Creates the helper of one thread.
   *
   * @param libc the calls of that thread
   * @param arena confined to that thread
   */
  public Descriptors(Libc libc, Arena arena) {
    this.libc = libc;
    scratch = arena.allocate(64, 8);
  }

  /**
   * Opens a non-blocking socket.
   *
   * @param what names the socket in the error, as in {@code a raw VRRP socket on eth0}
   * @throws PlatformException if the host refuses
   */
  public int socket(String what, int domain, int type, int protocol) {
    int fd = libc.socket(domain, type | Sys.SOCK_NONBLOCK | Sys.SOCK_CLOEXEC, protocol);
    if (fd < 0) {
      throw failure("opening " + what, -fd);
    }
    return fd;
  }

  /** Binds a socket; on failure it is closed and the error thrown. */
  public void bind(int fd, String what, MemorySegment address) {
    require(fd, "binding " + what, libc.bind(fd, address));
  }

  /** Sets an {@code int} option; on failure the socket is closed and the error thrown. */
  public void set(int fd, String what, int level, int name, int value) {
    require(fd, "setting up " + what, trySet(fd, level, name, value));
  }

  /** Sets an {@code int} option and returns 0 or the negated error. */
  public int trySet(int fd, int level, int name, int value) {
    scratch.set(JAVA_INT, 0, value);
    return libc.setsockopt(fd, level, name, scratch.asSlice(0, JAVA_INT.byteSize()));
  }

  /** Sets a structured option; on failure the socket is closed and the error thrown. */
  public void set(int fd, String what, int level, int name, MemorySegment value) {
    require(fd, "setting up " + what, libc.setsockopt(fd, level, name, value));
  }

  /** Ties a socket to an interface; on failure it is closed and the error thrown. */
  public void bindToDevice(int fd, String what, String interfaceName) {
    byte[] name = interfaceName.getBytes(StandardCharsets.UTF_8);
    MemorySegment.copy(name, 0, scratch, JAVA_BYTE, 0, name.length);
    int result =
        libc.setsockopt(fd, Sys.SOL_SOCKET, Sys.SO_BINDTODEVICE, scratch.asSlice(0, name.length));
    require(fd, "tying " + what + " to its interface", result);
  }

  /**
   * Asks for socket buffers of a size, beyond the host's limit where the privilege allows. Less is
   * not an error.
   */
  public void buffers(int fd, int receiveBytes, int sendBytes) {
    if (trySet(fd, Sys.SOL_SOCKET, Sys.SO_RCVBUFFORCE, receiveBytes) < 0) {
      trySet(fd, Sys.SOL_SOCKET, Sys.SO_RCVBUF, receiveBytes);
    }
    if (trySet(fd, Sys.SOL_SOCKET, Sys.SO_SNDBUFFORCE, sendBytes) < 0) {
      trySet(fd, Sys.SOL_SOCKET, Sys.SO_SNDBUF, sendBytes);
    }
  }

  private void require(int fd, String operation, int result) {
    if (result < 0) {
      libc.close(fd);
      throw failure(operation, -result);
    }
  }

  /** The exception for a socket operation that failed. */
  public static PlatformException failure(String operation, int errno) {
    String advice =
        switch (errno) {
          case Errno.EPERM, Errno.EACCES -> "; " + Privilege.NET_RAW.advice();
          case Errno.EAFNOSUPPORT -> "; the kernel has this address family switched off";
          case Errno.ENODEV -> "; check the name of the interface";
          case 23, 24 -> "; raise the limit of open files";
          default -> "";
        };
    return new PlatformException(operation + " failed: " + Errno.describe(errno) + advice);
  }
}

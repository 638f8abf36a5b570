package io.havip.linux.internal.libc;

/** Error numbers of Linux on x86-64 and aarch64 ({@code asm-generic/errno.h}) and their words. */
public final class Errno {

  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  public static final int EAGAIN = 11;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENOSYS = 38;
  public static final int EMSGSIZE = 90;
  public static final int EPROTONOSUPPORT = 93;
  public static final int EOPNOTSUPP = 95;
  public static final int EAFNOSUPPORT = 97;
  public static final int EADDRINUSE = 98;
  public static final int EADDRNOTAVAIL = 99;
  public static final int ENETDOWN = 100;
  public static final int ENETUNREACH = 101;
  public static final int ENOBUFS = 105;
  public static final int ETIMEDOUT = 110;
  public static final int EOWNERDEAD = 130;

  private Errno() {}

  /** The name and the words of an error: {@code EPERM (operation not permitted)}. */
  public static String describe(int errno) {
    return switch (errno) {
      case EPERM -> "EPERM (operation not permitted)";
      case ENOENT -> "ENOENT (no such file or directory)";
      case EINTR -> "EINTR (interrupted system call)";
      case EIO -> "EIO (input/output error)";
      case ENXIO -> "ENXIO (no such device or address)";
      case 9 -> "EBADF (bad file descriptor)";
      case EAGAIN -> "EAGAIN (the queue is full or empty)";
      case 12 -> "ENOMEM (out of memory)";
      case EACCES -> "EACCES (permission denied)";
      case 14 -> "EFAULT (bad address)";
      case EBUSY -> "EBUSY (device or resource busy)";
      case EEXIST -> "EEXIST (already exists)";
      case ENODEV -> "ENODEV (no such device)";
      case EINVAL -> "EINVAL (invalid argument)";
      case 23 -> "ENFILE (too many open files in the system)";
      case 24 -> "EMFILE (too many open files in the process)";
      case 28 -> "ENOSPC (no space left)";
      case 34 -> "ERANGE (out of range)";
      case ENOSYS -> "ENOSYS (function not implemented)";
      case 71 -> "EPROTO (protocol error)";
      case 88 -> "ENOTSOCK (not a socket)";
      case EMSGSIZE -> "EMSGSIZE (message too long)";
      case 92 -> "ENOPROTOOPT (protocol not available)";
      case EPROTONOSUPPORT -> "EPROTONOSUPPORT (protocol not supported)";
      case EOPNOTSUPP -> "EOPNOTSUPP (operation not supported)";
      case EAFNOSUPPORT -> "EAFNOSUPPORT (address family not supported)";
      case EADDRINUSE -> "EADDRINUSE (address already in use)";
      case EADDRNOTAVAIL -> "EADDRNOTAVAIL (address not available)";
      case ENETDOWN -> "ENETDOWN (network is down)";
      case ENETUNREACH -> "ENETUNREACH (network is unreachable)";
      case 103 -> "ECONNABORTED (connection aborted)";
      case 104 -> "ECONNRESET (connection reset)";
      case ENOBUFS -> "ENOBUFS (no buffer space available)";
      case ETIMEDOUT -> "ETIMEDOUT (timed out)";
      case 111 -> "ECONNREFUSED (connection refused)";
      case 113 -> "EHOSTUNREACH (no route to host)";
      case EOWNERDEAD -> "EOWNERDEAD (the owner died)";
      default -> "errno " + errno;
    };
  }

  /** Whether the error says that a privilege is missing. */
  public static boolean isPermission(int errno) {
    return errno == EPERM || errno == EACCES;
  }
}

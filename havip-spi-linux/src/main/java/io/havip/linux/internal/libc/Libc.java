package io.havip.linux.internal.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The libc functions this module calls, none of them variadic.
 *
 * <p>Every method returns what the function returned, or the negated error number; no method throws
 * for an error of the system. Interrupted calls are repeated. An instance holds the memory into
 * which errors are captured and belongs to the thread that owns its arena; {@link #wake} is the
 * exception and may be called from any thread.
 */
public final class Libc {

  private final MemorySegment state;

  /**
   * Creates the calls of one thread.
   *
   * @param arena confined to the thread that will make the calls
   */
  public Libc(Arena arena) {
    state = arena.allocate(Linking.STATE);
  }

  /** Linked on first use, so that loading the outer class touches nothing native. */
  private static final class Handles {

    static final MethodHandle SOCKET =
        Linking.fallible("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    static final MethodHandle BIND =
        Linking.fallible("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle SETSOCKOPT =
        Linking.fallible(
            "setsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle SENDTO =
        Linking.fallible(
            "sendto",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle RECVFROM =
        Linking.fallible(
            "recvfrom",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
    static final MethodHandle SENDMMSG =
        Linking.fallible(
            "sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    static final MethodHandle RECVMMSG =
        Linking.fallible(
            "recvmmsg",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    static final MethodHandle POLL =
        Linking.fallible("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    static final MethodHandle TIMERFD_CREATE =
        Linking.fallible("timerfd_create", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    static final MethodHandle TIMERFD_SETTIME =
        Linking.fallible(
            "timerfd_settime",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    static final MethodHandle EVENTFD =
        Linking.fallible("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    static final MethodHandle EVENTFD_READ =
        Linking.fallible("eventfd_read", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    static final MethodHandle EVENTFD_WRITE =
        Linking.link("eventfd_write", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    static final MethodHandle CLOCK_GETTIME =
        Linking.fallible("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    static final MethodHandle CLOCK_GETRES =
        Linking.fallible("clock_getres", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    static final MethodHandle CLOSE =
        Linking.fallible("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Handles() {}
  }

  /** {@code socket(2)}. */
  public int socket(int domain, int type, int protocol) {
    try {
      return result((int) Handles.SOCKET.invokeExact(state, domain, type, protocol));
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** {@code bind(2)}. */
  public int bind(int fd, MemorySegment address) {
    try {
      return result(
          (int) Handles.BIND.invokeExact(state, fd, address, Math.toIntExact(address.byteSize())));
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** {@code setsockopt(2)}. */
  public int setsockopt(int fd, int level, int name, MemorySegment value) {
    try {
      return result(
          (int)
              Handles.SETSOCKOPT.invokeExact(
                  state, fd, level, name, value, Math.toIntExact(value.byteSize())));
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** {@code sendto(2)}, without blocking. */
  public int sendto(int fd, MemorySegment data, long length, MemorySegment address) {
    int result;
    do {
      try {
        result =
            result(
                (int)
                    (long)
                        Handles.SENDTO.invokeExact(
                            state,
                            fd,
                            data,
                            length,
                            Sys.MSG_DONTWAIT | Sys.MSG_NOSIGNAL,
                            address,
                            (int) address.byteSize()));
      } catch (Throwable e) {
        throw Linking.impossible(e);
      }
    } while (result == -Errno.EINTR);
    return result;
  }

  /**
   * {@code recvfrom(2)}, without blocking.
   *
   * @param address receives the sender's address, or {@link MemorySegment#NULL}
   * @param addressLength holds the room for the address, or {@link MemorySegment#NULL}
   */
  public int recvfrom(
      int fd, MemorySegment data, MemorySegment address, MemorySegment addressLength) {
    int result;
    do {
      try {
        result =
            result(
                (int)
                    (long)
                        Handles.RECVFROM.invokeExact(
                            state,
                            fd,
                            data,
                            data.byteSize(),
                            Sys.MSG_DONTWAIT,
                            address,
                            addressLength));
      } catch (Throwable e) {
        throw Linking.impossible(e);
      }
    } while (result == -Errno.EINTR);
    return result;
  }

  /** {@code sendmmsg(2)}, without blocking. */
  public int sendmmsg(int fd, MemorySegment messages, int count) {
    int result;
    do {
      try {
        result =
            result(
                (int)
                    Handles.SENDMMSG.invokeExact(
                        state, fd, messages, count, Sys.MSG_DONTWAIT | Sys.MSG_NOSIGNAL));
      } catch (Throwable e) {
        throw Linking.impossible(e);
      }
    } while (result == -Errno.EINTR);
    return result;
  }

  /** {@code recvmmsg(2)}, without blocking. */
  public int recvmmsg(int fd, MemorySegment messages, int count) {
    int result;
    do {
      try {
        result =
            result(
                (int)
                    Handles.RECVMMSG.invokeExact(
                        state, fd, messages, count, Sys.MSG_DONTWAIT, MemorySegment.NULL));
      } catch (Throwable e) {
        throw Linking.impossible(e);
      }
    } while (result == -Errno.EINTR);
    return result;
  }

  /**
   * {@code poll(2)}.
   *
   * @param millis the longest wait, 0 for none, negative for ever
   */
  public int poll(MemorySegment descriptors, long count, int millis) {
    int result;
    do {
      try {
        result = result((int) Handles.POLL.invokeExact(state, descriptors, count, millis));
      } catch (Throwable e) {
        throw Linking.impossible(e);
      }
    } while (result == -Errno.EINTR);
    return result;
  }

  /** {@code timerfd_create(2)} on the monotonic clock. */
  public int timerfd() {
    try {
      return result(
          (int)
              Handles.TIMERFD_CREATE.invokeExact(
                  state, Sys.CLOCK_MONOTONIC, Sys.TFD_NONBLOCK | Sys.TFD_CLOEXEC));
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** {@code timerfd_settime(2)} with an absolute time; an all-zero one disarms. */
  public int timerfdSettime(int fd, MemorySegment itimerspec) {
    try {
      return result(
          (int)
              Handles.TIMERFD_SETTIME.invokeExact(
                  state, fd, Sys.TFD_TIMER_ABSTIME, itimerspec, MemorySegment.NULL));
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** {@code eventfd(2)}. */
  public int eventfd() {
    try {
      return result(
          (int) Handles.EVENTFD.invokeExact(state, 0, Sys.EFD_NONBLOCK | Sys.EFD_CLOEXEC));
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** {@code eventfd_read(3)}: takes the counter back to zero. */
  public int eventfdRead(int fd, MemorySegment counter) {
    try {
      return result((int) Handles.EVENTFD_READ.invokeExact(state, fd, counter));
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /**
   * {@code eventfd_write(3)} of 1, from any thread. It fails only when the counter is full, and
   * then the reader is woken anyway.
   *
   * @param fd an event descriptor that stays open during the call
   */
  public static void wake(int fd) {
    try {
      int _ = (int) Handles.EVENTFD_WRITE.invokeExact(fd, 1L);
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** {@code clock_gettime(2)}. */
  public int clockGettime(int clock, MemorySegment timespec) {
    try {
      return result((int) Handles.CLOCK_GETTIME.invokeExact(state, clock, timespec));
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** {@code clock_getres(2)}. */
  public int clockGetres(int clock, MemorySegment timespec) {
    try {
      return result((int) Handles.CLOCK_GETRES.invokeExact(state, clock, timespec));
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** {@code close(2)}; never repeated, for Linux closes the descriptor even when interrupted. */
  public int close(int fd) {
    try {
      return result((int) Handles.CLOSE.invokeExact(state, fd));
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** The captured value means something only after a failure. */
  private int result(int returned) {
    return returned >= 0 ? returned : -state.get(JAVA_INT, Linking.ERRNO);
  }
}

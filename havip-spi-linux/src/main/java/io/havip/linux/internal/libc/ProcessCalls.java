package io.havip.linux.internal.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The libc functions about a process as a whole; each is called once. */
public final class ProcessCalls {

  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGTERM = 15;

  private static final int MFD_CLOEXEC = 1;

  /** The thread, and not the process whose first thread it is. */
  private static final int PIDFD_THREAD = 0x80;

  private static final int MCL_CURRENT = 1;
  private static final int MCL_FUTURE = 2;
  private static final int MCL_ONFAULT = 4;
  private static final MemorySegment SIG_IGN = MemorySegment.ofAddress(1);

  private ProcessCalls() {}

  /**
   * {@code memfd_create(2)}: memory with a descriptor and without a name, which is gone when the
   * last process that has it is gone.
   *
   * @return the descriptor, or the negated error number
   */
  public static int memoryFile(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle create =
          Linking.fallible("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
      MemorySegment state = arena.allocate(Linking.STATE);
      int result = (int) create.invokeExact(state, arena.allocateFrom(name), MFD_CLOEXEC);
      return result >= 0 ? result : -state.get(JAVA_INT, Linking.ERRNO);
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /**
   * {@code pidfd_open(2)}: a descriptor that becomes readable when a thread ends, also one of
   * another process. glibc 2.36 and Linux 6.9 have it.
   *
   * @param thread its number, as {@code /proc} has it
   * @return the descriptor, or the negated error number
   */
  public static int threadDescriptor(int thread) {
    if (!Linking.has("pidfd_open")) {
      return -Errno.ENOSYS;
    }
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle open =
          Linking.fallible("pidfd_open", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
      MemorySegment state = arena.allocate(Linking.STATE);
      int result = (int) open.invokeExact(state, thread, PIDFD_THREAD);
      return result >= 0 ? result : -state.get(JAVA_INT, Linking.ERRNO);
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** {@code setsid(2)}: leaves the terminal and the group that its signals go to. */
  public static void newSession() {
    try {
      int _ = (int) Linking.link("setsid", FunctionDescriptor.of(JAVA_INT)).invokeExact();
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** {@code signal(2)} with {@code SIG_IGN}. */
  public static void ignore(int signal) {
    try {
      MemorySegment _ =
          (MemorySegment)
              Linking.link("signal", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS))
                  .invokeExact(signal, SIG_IGN);
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /**
   * {@code mlockall(2)}, of what is touched: it stays in memory while the host swaps. Without the
   * privilege the host refuses, and nothing changes.
   */
  public static void stayInMemory() {
    try {
      int _ =
          (int)
              Linking.link("mlockall", FunctionDescriptor.of(JAVA_INT, JAVA_INT))
                  .invokeExact(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }
}

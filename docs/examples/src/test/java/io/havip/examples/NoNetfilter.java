package io.havip.examples;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The command line on a kernel that says it has no netfilter: a seccomp filter refuses its sockets
 * to this process. The threads started later inherit it.
 */
@SuppressWarnings("restricted")
final class NoNetfilter {

  private static final int PR_SET_SECCOMP = 22;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final long SECCOMP_MODE_FILTER = 2;

  private static final int AF_NETLINK = 16;
  private static final int NETLINK_NETFILTER = 12;
  private static final int EPROTONOSUPPORT = 93;

  private static final int LOAD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int ALLOW = 0x7fff_0000;
  private static final int ERRNO = 0x0005_0000;

  private NoNetfilter() {}

  public static void main(String... args) throws Throwable {
    refuseNetfilter();
    Main.main(args);
  }

  private static void refuseNetfilter() throws Throwable {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    int[][] program = {
      {LOAD, 0, 0, 0}, // the number of the system call
      {JUMP_IF_EQUAL, 0, 4, arm ? 198 : 41}, // socket
      {LOAD, 0, 0, 16}, // its first argument
      {JUMP_IF_EQUAL, 0, 2, AF_NETLINK},
      {LOAD, 0, 0, 32}, // its third argument
      {JUMP_IF_EQUAL, 1, 0, NETLINK_NETFILTER},
      {RETURN, 0, 0, ALLOW},
      {RETURN, 0, 0, ERRNO | EPROTONOSUPPORT},
    };
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment filter = arena.allocate(8L * program.length, 8);
      for (int i = 0; i < program.length; i++) {
        filter.set(JAVA_SHORT, 8L * i, (short) program[i][0]);
        filter.set(JAVA_BYTE, 8L * i + 2, (byte) program[i][1]);
        filter.set(JAVA_BYTE, 8L * i + 3, (byte) program[i][2]);
        filter.set(JAVA_INT, 8L * i + 4, program[i][3]);
      }
      MemorySegment header = arena.allocate(16, 8);
      header.set(JAVA_SHORT, 0, (short) program.length);
      header.set(ADDRESS, 8, filter);
      require((int) prctl(JAVA_LONG).invokeExact(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L));
      require(
          (int) prctl(ADDRESS).invokeExact(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0L, 0L));
    }
  }

  private static void require(int result) {
    if (result != 0) {
      throw new IllegalStateException("prctl failed");
    }
  }

  private static MethodHandle prctl(MemoryLayout third) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("prctl"),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, third, JAVA_LONG, JAVA_LONG),
        Linker.Option.firstVariadicArg(1));
  }
}

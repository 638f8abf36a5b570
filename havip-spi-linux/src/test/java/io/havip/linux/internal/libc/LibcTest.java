package io.havip.linux.internal.libc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.linux.internal.libc.Structs.Timespec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LibcTest {

  @Test
  void failureIsTheNegatedErrorNumber() {
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      assertThat(libc.socket(12345, Sys.SOCK_RAW, 0)).isEqualTo(-Errno.EAFNOSUPPORT);
      assertThat(Errno.describe(-libc.close(-1))).startsWith("EBADF");
      assertThat(libc.socket(Sys.AF_UNIX, Sys.SOCK_DGRAM | Sys.SOCK_CLOEXEC, 0))
          .satisfies(fd -> assertThat(fd).isNotNegative())
          .satisfies(fd -> assertThat(libc.close(fd)).isZero());
    }
  }

  /** The whole platform relies on it: deadlines, timer descriptor and arrival times. */
  @Test
  void nanoTimeIsTheMonotonicClock() {
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      MemorySegment time = arena.allocate(Timespec.LAYOUT);
      for (int i = 0; i < 1000; i++) {
        long before = System.nanoTime();
        assertThat(libc.clockGettime(Sys.CLOCK_MONOTONIC, time)).isZero();
        long kernel =
            time.get(JAVA_LONG, Timespec.SEC) * 1_000_000_000L + time.get(JAVA_LONG, Timespec.NSEC);
        assertThat(kernel).isBetween(before, System.nanoTime());
      }
    }
  }

  @Test
  void errorsHaveNamesAndWords() {
    assertThat(Errno.describe(Errno.EPERM)).isEqualTo("EPERM (operation not permitted)");
    assertThat(Errno.describe(12345)).isEqualTo("errno 12345");
    assertThat(Errno.isPermission(Errno.EACCES)).isTrue();
    assertThat(Errno.isPermission(Errno.EAGAIN)).isFalse();
  }

  @Test
  void missingPrivilegeIsNamedWithWhatToDo() {
    assertThat(Descriptors.failure("opening a raw VRRP socket on eth0", Errno.EPERM))
        .hasMessageContaining("opening a raw VRRP socket on eth0 failed: EPERM")
        .hasMessageContaining("CAP_NET_RAW")
        .hasMessageContaining("AmbientCapabilities")
        .hasMessageContaining("--cap-add");
  }

  @Test
  void unknownHostsAreAnObstacle() {
    assertThat(NativeAccess.hostObstacle("Linux", "amd64")).isEmpty();
    assertThat(NativeAccess.hostObstacle("Linux", "aarch64")).isEmpty();
    assertThat(NativeAccess.hostObstacle("Linux", "riscv64"))
        .hasValueSatisfying(reason -> assertThat(reason).contains("riscv64").contains("aarch64"));
    assertThat(NativeAccess.hostObstacle("Mac OS X", "aarch64"))
        .hasValueSatisfying(reason -> assertThat(reason).contains("Linux").contains("Mac OS X"));
  }
}

package io.havip.linux.internal;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.NativeAccess;
import io.havip.linux.internal.libc.Privilege;
import io.havip.linux.internal.libc.Sys;
import io.havip.spi.Availability;
import io.havip.wire.VrrpCodec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out whether this process could run a platform, without running one. */
public final class HostCheck {

  private static final String EFFECTIVE = "CapEff:";
  private static final int CAP_NET_ADMIN = 12;

  private HostCheck() {}

  /** Never throws; any thread may ask. */
  public static Availability check() {
    try {
      Optional<String> obstacle =
          NativeAccess.obstacle().or(HostCheck::socketObstacle).or(HostCheck::capabilityObstacle);
      return obstacle.isPresent()
          ? new Availability.Unavailable(obstacle.get())
          : new Availability.Available();
    } catch (Throwable e) {
      return new Availability.Unavailable("the check of the host failed: " + e);
    }
  }

  /** Opens the kind of socket that needs the privilege, and closes it. */
  private static Optional<String> socketObstacle() {
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      int fd = libc.socket(Sys.AF_INET, Sys.SOCK_RAW | Sys.SOCK_CLOEXEC, VrrpCodec.PROTOCOL);
      if (fd >= 0) {
        libc.close(fd);
        return Optional.empty();
      }
      String advice = Errno.isPermission(-fd) ? "; " + Privilege.NET_RAW.advice() : "";
      return Optional.of("opening a raw VRRP socket failed: " + Errno.describe(-fd) + advice);
    }
  }

  /**
   * Looks whether addresses may be changed. Where the kernel does not tell, opening the platform
   * will.
   */
  private static Optional<String> capabilityObstacle() {
    try {
      return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
          .filter(line -> line.startsWith(EFFECTIVE))
          .map(line -> Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16))
          .filter(effective -> (effective >>> CAP_NET_ADMIN & 1) == 0)
          .map(effective -> "changing addresses is not permitted; " + Privilege.NET_ADMIN.advice())
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}

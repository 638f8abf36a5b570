package io.havip.linux.internal.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.Structs.SockaddrUn;
import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.spi.Outcome;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reservations of addresses among the processes in one network namespace. Each is a Unix socket
 * bound to an abstract name: the kernel keeps such names apart by network namespace, gives one to
 * one socket only, and frees it with the process. Confined to the loop.
 */
final class Reservations {

  private static final String PREFIX = "io.havip/address/";

  private final Libc libc;
  private final MemorySegment name;
  private final Map<IpAddress, Integer> held = new HashMap<>();

  Reservations(EventLoop loop) {
    libc = loop.libc();
    name = loop.arena().allocate(SockaddrUn.LAYOUT);
    name.set(JAVA_SHORT, SockaddrUn.FAMILY, (short) Sys.AF_UNIX);
  }

  Outcome reserve(IpAddress address) {
    if (held.containsKey(address)) {
      return failed(address, Errno.EADDRINUSE);
    }
    int fd = libc.socket(Sys.AF_UNIX, Sys.SOCK_DGRAM | Sys.SOCK_CLOEXEC, 0);
    if (fd < 0) {
      return failed(address, -fd);
    }
    byte[] text = (PREFIX + address).getBytes(StandardCharsets.US_ASCII);
    MemorySegment.copy(text, 0, name, JAVA_BYTE, SockaddrUn.PATH + 1, text.length);
    int result = libc.bind(fd, name.asSlice(0, SockaddrUn.PATH + 1 + text.length));
    if (result < 0) {
      libc.close(fd);
      return failed(address, -result);
    }
    held.put(address, fd);
    return Outcome.DONE;
  }

  private static Outcome failed(IpAddress address, int errno) {
    return errno == Errno.EADDRINUSE
        ? new Outcome.Failed(
            "reserve " + address,
            "another member on this host has it",
            "a host can run only one member of a group")
        : new Outcome.Failed("reserve " + address, Errno.describe(errno), "");
  }

  void release(IpAddress address) {
    Integer fd = held.remove(address);
    if (fd != null) {
      libc.close(fd);
    }
  }

  void releaseAll() {
    for (int fd : held.values()) {
      libc.close(fd);
    }
    held.clear();
  }
}

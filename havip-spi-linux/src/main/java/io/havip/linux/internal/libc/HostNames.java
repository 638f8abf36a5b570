package io.havip.linux.internal.libc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.havip.linux.internal.libc.Structs.SockaddrUn;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Names that only one process in a network namespace can hold. Each is a Unix socket bound to an
 * abstract name: the kernel keeps such names apart by network namespace, gives one to one socket
 * only, and frees it with the process. Confined to the thread that owns the arena.
 */
public final class HostNames {

  private final Libc libc;
  private final MemorySegment address;
  private final Map<String, Integer> held = new HashMap<>();

  /** Creates the holder of one thread, without a name. */
  public HostNames(Libc libc, Arena arena) {
    this.libc = libc;
    address = arena.allocate(SockaddrUn.LAYOUT);
    address.set(JAVA_SHORT, SockaddrUn.FAMILY, (short) Sys.AF_UNIX);
  }

  /**
   * Takes a name of at most 107 characters.
   *
   * @return 0, {@link Errno#EADDRINUSE} if somebody holds it, this object included, or another
   *     error number
   */
  public int take(String name) {
    if (held.containsKey(name)) {
      return Errno.EADDRINUSE;
    }
    int fd = libc.socket(Sys.AF_UNIX, Sys.SOCK_DGRAM | Sys.SOCK_CLOEXEC, 0);
    if (fd < 0) {
      return -fd;
    }
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    MemorySegment.copy(text, 0, address, JAVA_BYTE, SockaddrUn.PATH + 1, text.length);
    int result = libc.bind(fd, address.asSlice(0, SockaddrUn.PATH + 1 + text.length));
    if (result < 0) {
      libc.close(fd);
      return -result;
    }
    held.put(name, fd);
    return 0;
  }

  /** Gives a name back; does nothing if it is not held. */
  public void giveBack(String name) {
    Integer fd = held.remove(name);
    if (fd != null) {
      libc.close(fd);
    }
  }

  /** Gives all names back. */
  public void giveBackAll() {
    for (int fd : held.values()) {
      libc.close(fd);
    }
    held.clear();
  }
}

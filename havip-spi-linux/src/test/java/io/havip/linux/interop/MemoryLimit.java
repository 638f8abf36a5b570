package io.havip.linux.interop;

import io.havip.testkit.lab.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.Optional;

/**
 * A control group whose processes may not use more memory than this: the kernel kills one of them,
 * as it does in a container. What they used before they came here does not count.
 */
final class MemoryLimit implements AutoCloseable {

  private static final Path GROUPS = Paths.get("/sys/fs/cgroup");

  /** Of the first and the second version of control groups. */
  private static final List<String> LIMITS = List.of("memory.limit_in_bytes", "memory.max");

  private final Path folder;

  private MemoryLimit(Path folder) {
    this.folder = folder;
  }

  /** Makes one, if this machine has control groups for memory that may be written. */
  static Optional<MemoryLimit> open(String name, long bytes) {
    for (Path root : List.of(GROUPS.resolve("memory"), GROUPS)) {
      Path folder = root.resolve(name);
      try {
        Files.createDirectory(folder);
      } catch (IOException e) {
        continue;
      }
      MemoryLimit group = new MemoryLimit(folder);
      for (String limit : LIMITS) {
        if (Files.exists(folder.resolve(limit))) {
          group.write(limit, bytes);
          return Optional.of(group);
        }
      }
      group.close();
    }
    return Optional.empty();
  }

  /** From now on what the process uses counts. */
  void admit(long pid) {
    write("cgroup.procs", pid);
  }

  private void write(String file, long value) {
    try {
      Files.writeString(folder.resolve(file), Long.toString(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the group, in which no process may be any more. */
  @Override
  public void close() {
    Await.until("the end of " + folder, Scene.LIMIT, this::remove);
  }

  /** Busy for a moment after its last process has ended. */
  private boolean remove() {
    try {
      Files.delete(folder);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

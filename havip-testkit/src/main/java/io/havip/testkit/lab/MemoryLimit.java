package io.havip.testkit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A control group whose processes may not use more memory than a limit: the kernel kills one of
 * them, as it does in a container. What they used before they came here does not count. All methods
 * may be called from any thread.
 */
public final class MemoryLimit implements AutoCloseable {

  private static final Path GROUPS = Paths.get("/sys/fs/cgroup");

  /** Of the first and the second version of control groups. */
  private static final List<String> LIMITS = List.of("memory.limit_in_bytes", "memory.max");

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Path folder;

  private MemoryLimit(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes a control group.
   *
   * @param name of the group, which must not exist yet
   * @param bytes what its processes may use together
   * @return the group, or nothing if this machine has no control groups for memory that may be
   *     written
   */
  public static Optional<MemoryLimit> open(String name, long bytes) {
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

  /**
   * Puts a process into the group: from now on what it uses counts.
   *
   * @param pid the process
   * @throws LabException if it has ended, or the kernel refuses
   */
  public void admit(long pid) {
    write("cgroup.procs", pid);
  }

  private void write(String file, long value) {
    try {
      Files.writeString(folder.resolve(file), Long.toString(value));
    } catch (IOException e) {
      throw new LabException("cannot write " + value + " to " + folder.resolve(file), e);
    }
  }

  /** Removes the group; waits until the last process in it has ended. */
  @Override
  public void close() {
    Await.until("the end of " + folder, LIMIT, this::remove);
  }

  /** Busy for a moment after its last process has ended. */
  private boolean remove() {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

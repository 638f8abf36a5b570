package io.havip.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kernel's list of processes, as far as the lab needs it. */
final class ProcessTable {

  /** One running process; start is in clock ticks since boot and tells reused ids apart. */
  record Entry(long pid, long group, long session, long start) {}

  private ProcessTable() {}

  /** A running process; empty for one that has ended, even if its parent has not noticed yet. */
  static Optional<Entry> find(long pid) {
    try {
      return parse(
          pid,
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** All running processes that were started, directly or not, by the given session leader. */
  static List<Entry> inSession(long leader) {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> Character.isDigit(name.charAt(0)))
          .flatMap(name -> find(Long.parseLong(name)).stream())
          .filter(entry -> entry.session() == leader || entry.group() == leader)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads /proc/PID/stat; the program's name, in brackets, may itself hold blanks and brackets. */
  static Optional<Entry> parse(long pid, String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    boolean ended = fields[0].equals("Z") || fields[0].equals("X");
    return ended
        ? Optional.empty()
        : Optional.of(
            new Entry(
                pid,
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[19])));
  }
}

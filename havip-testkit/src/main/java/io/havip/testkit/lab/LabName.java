package io.havip.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of namespaces and folders: {@code haviplab-PID-START-rest}. Process id and start time
 * (clock ticks since boot) name the JVM that made the thing, so another run can tell whether that
 * JVM still lives and remove what a killed one left behind.
 */
final class LabName {

  private static final String PREFIX = "haviplab-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-(\\d+)-.+");

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private LabName() {}

  static String ofThisRun(String rest) {
    long pid = ProcessHandle.current().pid();
    long start =
        ProcessTable.find(pid)
            .orElseThrow(() -> new LabException("this process is not in /proc"))
            .start();
    return PREFIX + pid + "-" + start + "-" + rest;
  }

  /** Tells whether a name is one of ours and its JVM has ended. */
  static boolean isLeftover(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return false;
    }
    Optional<ProcessTable.Entry> owner = ProcessTable.find(Long.parseLong(parts.group(1)));
    return owner.isEmpty() || owner.get().start() != Long.parseLong(parts.group(2));
  }

  /** All network namespaces that have a name. */
  static List<String> namespaces() {
    return Command.of("ip", "netns", "list")
        .run()
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Removes processes, namespaces and folders of runs that have ended without doing so. */
  static void removeLeftovers() {
    namespaces().stream().filter(LabName::isLeftover).forEach(LabName::removeNamespace);
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> entries = Files.list(temp)) {
      entries
          .filter(path -> isLeftover(path.getFileName().toString()))
          .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .forEach(LabName::removeFolder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills what runs in a namespace and removes it; another run may do the same meanwhile. */
  static void removeNamespace(String name) {
    CommandResult pids = Command.of("ip", "netns", "pids", name).result();
    if (pids.ok()) {
      pids.output()
          .lines()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())).stream())
          .forEach(ProcessHandle::destroyForcibly);
    }
    Await.until(
        "the removal of namespace " + name,
        LIMIT,
        () -> Command.of("ip", "netns", "del", name).result().describe(),
        outcome -> !namespaces().contains(name));
  }

  /** Removes a folder with all it holds; what another run has removed meanwhile is no error. */
  static void removeFolder(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new LabException("cannot remove " + folder, e);
    }
  }
}

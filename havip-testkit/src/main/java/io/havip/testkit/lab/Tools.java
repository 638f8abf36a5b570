package io.havip.testkit.lab;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds programs, also where the search path of an ordinary login does not look. */
final class Tools {
  private Tools() {}

  static Optional<Path> find(String tool) {
    return directories().stream()
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static String searchPath() {
    return String.join(File.pathSeparator, directories());
  }

  private static Set<String> directories() {
    Set<String> directories = new LinkedHashSet<>();
    String path = System.getenv("PATH");
    if (path != null) {
      for (String directory : path.split(File.pathSeparator, -1)) {
        if (!directory.isEmpty()) {
          directories.add(directory);
        }
      }
    }
    directories.addAll(
        List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/lib/frr"));
    return directories;
  }
}

package io.havip.linux.privilege;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The class path of this process, copied to where every user may read it: a build of root keeps its
 * libraries in root's home.
 */
final class ReadableClassPath {

  private ReadableClassPath() {}

  /**
   * Copies it.
   *
   * @param folder an empty folder
   * @return the class path of the copies
   */
  static String in(Path folder) throws IOException {
    readable(folder);
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (Files.exists(from)) {
        Path to = folder.resolve(copies.size() + "-" + from.getFileName());
        copy(from, to);
        copies.add(to.toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      tree.forEach(source -> {
        try {
          Path target = to.resolve(from.relativize(source).toString());
          Files.copy(source, target);
          readable(target);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }

  private static void readable(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

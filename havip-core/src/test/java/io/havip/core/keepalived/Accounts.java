package io.havip.core.keepalived;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The names behind the numbers of users and groups. */
final class Accounts {

  private Accounts() {}

  /** The user of {@code uid:gid}, with the group if it is not the user's own. */
  static String names(String ids) {
    String[] parts = ids.split(":", -1);
    List<String> user = line("/etc/passwd", parts[0]);
    boolean own = user.get(3).equals(parts[1]);
    return user.getFirst() + (own ? "" : ":" + line("/etc/group", parts[1]).getFirst());
  }

  private static List<String> line(String file, String id) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .map(line -> List.of(line.split(":", -1)))
          .filter(parts -> parts.get(2).equals(id))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

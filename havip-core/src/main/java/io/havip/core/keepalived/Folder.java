package io.havip.core.keepalived;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The only place that touches the file system. */
final class Folder {

  /** The byte-order mark as it looks when decoded. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** More than any folder of configurations holds; a pattern in / must not walk a disk. */
  private static final int MOST_ENTRIES = 10_000;

  private Folder() {}

  /** A file that was read, or why it was not. */
  sealed interface Opened {
    record Ok(Source source) implements Opened {}

    record Failed(String why) implements Opened {}
  }

  /** Reads a regular file, as UTF-8 or, if it is not that, as ISO 8859-1. */
  static Opened read(Path path, String name, Report report) {
    report.file(name);
    Position whole = Position.of(name);
    try {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return new Opened.Failed("does not exist");
      }
      if (!Files.isRegularFile(path)) {
        return new Opened.Failed("is not a regular file");
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(Budget.LARGEST_FILE + 1);
      }
      if (bytes.length > Budget.LARGEST_FILE) {
        return new Opened.Failed("is larger than " + Budget.LARGEST_FILE + " bytes");
      }
      if (executable(path)) {
        report.warn(whole, "", "the file is executable, and Keepalived skips such files");
      }
      String text = withoutMark(decode(bytes, whole, report), whole, report);
      return new Opened.Ok(new Source(name, Optional.of(path.toAbsolutePath()), text));
    } catch (NoSuchFileException e) {
      return new Opened.Failed("does not exist");
    } catch (IOException | SecurityException e) {
      return new Opened.Failed("cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** Takes off a byte-order mark and says so. */
  static String withoutMark(String text, Position whole, Report report) {
    if (text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK) {
      return text;
    }
    report.note(
        whole,
        "",
        "the text starts with a byte-order mark, with which Keepalived 2.2.7 loses the first"
            + " block");
    return text.substring(1);
  }

  /** The files a pattern names, in the order of its braces and of their names within. */
  static List<Path> matches(Path folder, String pattern) {
    List<Path> found = new ArrayList<>();
    List<Path> at;
    try {
      Path start = folder;
      String rest = pattern;
      if (pattern.startsWith("/")) {
        start = folder.getRoot() == null ? folder : folder.getRoot();
        rest = pattern.replaceFirst("^/+", "");
      }
      at = List.of(start);
      for (String part : rest.split("/+", -1)) {
        at = part.isEmpty() ? at : step(at, part);
      }
    } catch (InvalidPathException e) {
      return found;
    }
    for (Path each : at) {
      if (Files.exists(each)) {
        found.add(each);
      }
    }
    return found;
  }

  private static List<Path> step(List<Path> folders, String part) {
    List<Path> next = new ArrayList<>();
    for (Path folder : folders) {
      if (!Wildcard.isIn(part)) {
        next.add(folder.resolve(Wildcard.unescape(part)));
        continue;
      }
      Set<String> names = new TreeSet<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        int count = 0;
        for (Path entry : entries) {
          Path name = entry.getFileName();
          if (name != null && Wildcard.matches(part, name.toString())) {
            names.add(name.toString());
          }
          if (++count == MOST_ENTRIES) {
            break;
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        continue; // no such folder, or none of ours: nothing matches, as for glob(3)
      }
      names.forEach(name -> next.add(folder.resolve(name)));
    }
    return next;
  }

  private static boolean executable(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    return permissions.contains(PosixFilePermission.OWNER_EXECUTE)
        || permissions.contains(PosixFilePermission.GROUP_EXECUTE)
        || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
  }

  private static String decode(byte[] bytes, Position whole, Report report) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      report.note(whole, "", "the file is not UTF-8 and was read as ISO 8859-1");
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}

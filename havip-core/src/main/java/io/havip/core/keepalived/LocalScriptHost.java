package io.havip.core.keepalived;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The host this process runs on. */
final class LocalScriptHost implements ScriptHost {

  private static final int STICKY = 01000;
  private static final int GROUP_MAY_WRITE = 0020;
  private static final int OTHERS_MAY_WRITE = 0002;
  private static final Integer ROOT = 0;

  @Override
  public boolean hasUser(String name) {
    return known(name, UserPrincipalLookupService::lookupPrincipalByName);
  }

  @Override
  public boolean hasGroup(String name) {
    return known(name, UserPrincipalLookupService::lookupPrincipalByGroupName);
  }

  @FunctionalInterface
  private interface Lookup {
    Object find(UserPrincipalLookupService names, String name) throws IOException;
  }

  /** The JDK takes numbers for names; Keepalived does not. */
  private static boolean known(String name, Lookup lookup) {
    if (name.chars().allMatch(Character::isDigit)) {
      return false;
    }
    try {
      lookup.find(FileSystems.getDefault().getUserPrincipalLookupService(), name);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Optional<String> changeableByOthers(String program) {
    try {
      Optional<Path> found = find(program);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      // The links on the way count as well as what is at their ends.
      Set<Path> parts = new LinkedHashSet<>();
      addParts(found.get(), parts);
      addParts(found.get().toRealPath(), parts);
      for (Path part : parts) {
        if (changeable(part)) {
          return Optional.of(part.toString());
        }
      }
      return Optional.empty();
    } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> find(String program) {
    if (program.contains("/")) {
      return Optional.of(Path.of(program).toAbsolutePath()).filter(Files::isRegularFile);
    }
    String folders = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Arrays.stream(folders.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program).toAbsolutePath())
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static void addParts(Path path, Set<Path> parts) {
    Path part = Objects.requireNonNull(path.getRoot());
    parts.add(part);
    for (Path name : path) {
      part = part.resolve(name);
      parts.add(part);
    }
  }

  private static boolean changeable(Path part) throws IOException {
    Map<String, Object> unix = Files.readAttributes(part, "unix:mode,uid,gid");
    int mode = (Integer) unix.getOrDefault("mode", 0);
    if (!ROOT.equals(unix.get("uid"))) {
      return true;
    }
    if (Files.isDirectory(part) && (mode & STICKY) != 0) {
      return false;
    }
    boolean groupMay = !ROOT.equals(unix.get("gid")) && (mode & GROUP_MAY_WRITE) != 0;
    return groupMay || (mode & OTHERS_MAY_WRITE) != 0;
  }
}

package io.havip.core.keepalived;

import io.havip.core.keepalived.IncludeChecks.Check;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Finds and reads included files, and knows which file is being read. */
final class Includes {

  private static final int DEEPEST = 32;

  private final Report report;
  private final Budget budget;
  private final Consumer<Source> reader;
  private final Deque<Source> open = new ArrayDeque<>();
  private Set<Check> checks = EnumSet.noneOf(Check.class);

  Includes(Report report, Budget budget, Consumer<Source> reader) {
    this.report = report;
    this.budget = budget;
    this.reader = reader;
  }

  void readMain(Source source) {
    open.push(source);
    reader.accept(source);
    open.pop();
  }

  /** Takes an {@code include_check} line, which holds to the end of its file. */
  void check(List<Word> options) {
    checks =
        IncludeChecks.changed(
            checks,
            options,
            word ->
                report.warn(
                    word.at(), "include_check", word.shown() + " is no check; it is not used"));
  }

  /** Reads what a pattern names in place of the line. */
  void include(String keyword, Position at, String pattern) {
    Optional<Path> including = open.getFirst().path();
    if (including.isEmpty()) {
      report.fatal(at, keyword, "a text that is no file cannot include files");
      return;
    }
    if (pattern.isEmpty()) {
      report.warn(at, keyword, keyword + " needs the name of a file");
      return;
    }
    Set<Check> outer = checks;
    Set<Check> now = EnumSet.noneOf(Check.class);
    now.addAll(checks);
    now.addAll(IncludeChecks.VARIANTS.getOrDefault(keyword, Set.of()));
    List<String> names = Wildcard.braces(unquoted(keyword, at, pattern));
    Path folder = parent(including.get());
    boolean found = false;
    boolean anyMissing = false;
    for (String name : names) {
      List<Path> matches = Folder.matches(folder, name);
      found |= !matches.isEmpty();
      anyMissing |= matches.isEmpty() && !Wildcard.isIn(name);
      for (Path match : matches) {
        read(keyword, at, match, name.startsWith("/"), now);
        checks = outer;
      }
    }
    reportMissing(keyword, at, pattern, names.size() > 1, found, anyMissing, now);
  }

  private void reportMissing(
      String keyword,
      Position at,
      String pattern,
      boolean braces,
      boolean found,
      boolean anyMissing,
      Set<Check> now) {
    if (found) {
      if (anyMissing) {
        missing(
            keyword, at, pattern, "not every file named exists", now.contains(Check.BRACE_MATCH));
      }
    } else if (anyMissing) {
      boolean required =
          now.contains(Check.MATCH)
              || now.contains(Check.WILDCARD_MATCH)
              || (braces && now.contains(Check.BRACE_MATCH));
      missing(keyword, at, pattern, "the file does not exist", required);
    } else if (now.contains(Check.WILDCARD_MATCH)) {
      missing(keyword, at, pattern, "no file matches", true);
    } else {
      report.note(at, keyword, keyword + " " + Word.quote(pattern) + ": no file matches");
    }
  }

  private void missing(String keyword, Position at, String pattern, String what, boolean required) {
    String message = keyword + " " + Word.quote(pattern) + ": " + what;
    if (required) {
      report.fatal(at, keyword, message);
    } else {
      report.warn(at, keyword, message);
    }
  }

  private void read(String keyword, Position at, Path path, boolean absolute, Set<Check> now) {
    budget.file();
    String name = absolute ? path.toString() : nameBeside(path);
    if (open.size() > DEEPEST || open.stream().anyMatch(s -> same(s.path(), path))) {
      report.fatal(at, keyword, "the file " + Word.quote(name) + " includes itself");
      return;
    }
    switch (Folder.read(path, name, report)) {
      case Folder.Opened.Ok(Source source) -> {
        open.push(source);
        reader.accept(source);
        open.pop();
      }
      case Folder.Opened.Failed(String why) -> {
        String message = "the file " + Word.quote(name) + " " + why;
        if (now.contains(Check.READABLE)) {
          report.fatal(at, keyword, message);
        } else {
          report.warn(at, keyword, message);
        }
      }
    }
  }

  /** What an included file is called: relative to the name of the including one if it can be. */
  private String nameBeside(Path path) {
    Source including = open.getFirst();
    try {
      Path folder = including.path().map(Includes::parent).orElse(path);
      return Path.of(including.name()).resolveSibling(folder.relativize(path)).toString();
    } catch (InvalidPathException | IllegalStateException e) {
      return path.toString();
    }
  }

  private String unquoted(String keyword, Position at, String pattern) {
    boolean quoted = pattern.length() > 2 && pattern.startsWith("\"") && pattern.endsWith("\"");
    if (quoted) {
      report.note(at, keyword, "Keepalived 2.2.7 takes the quotes for a part of the file's name");
      return pattern.substring(1, pattern.length() - 1);
    }
    return pattern;
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private static boolean same(Optional<Path> one, Path other) {
    try {
      return one.isPresent() && one.get().toRealPath().equals(other.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}

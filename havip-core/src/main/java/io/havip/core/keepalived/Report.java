package io.havip.core.keepalived;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** Collects diagnostics, drops repetitions, and brings them into file order. */
final class Report {

  /** A generated file can be wrong ten thousand times in the same way; nobody reads that. */
  static final int MOST_KEPT = 1000;

  private final Map<String, Integer> files = new LinkedHashMap<>();
  private final SequencedSet<Diagnostic> diagnostics = new LinkedHashSet<>();
  private boolean unusable;
  private boolean hasErrors;
  private boolean strictlyClean = true;
  private int dropped;

  /** Tells that a file is read now, which fixes its place in the order. */
  void file(String name) {
    files.putIfAbsent(name, files.size());
  }

  /** The whole file cannot be used. */
  void fatal(Position at, String keyword, String message) {
    unusable = true;
    add(Severity.ERROR, at, keyword, message, "");
  }

  /** A virtual router is not used. */
  void error(Position at, String keyword, String message) {
    add(Severity.ERROR, at, keyword, message, "");
  }

  void warn(Position at, String keyword, String message) {
    add(Severity.WARNING, at, keyword, message, "");
  }

  void warn(Position at, String keyword, String message, String usedInstead) {
    add(Severity.WARNING, at, keyword, message, usedInstead);
  }

  void note(Position at, String keyword, String message) {
    add(Severity.NOTE, at, keyword, message, "");
  }

  private void add(Severity severity, Position at, String keyword, String message, String used) {
    hasErrors |= severity == Severity.ERROR;
    strictlyClean &= severity == Severity.NOTE;
    file(at.file());
    Diagnostic diagnostic =
        new Diagnostic(severity, at.file(), at.line(), at.column(), keyword, message, used);
    if (diagnostics.contains(diagnostic)) {
      return;
    }
    if (diagnostics.size() >= MOST_KEPT) {
      dropped++;
      if (severity != Severity.ERROR || !dropLesser()) {
        return;
      }
    }
    diagnostics.add(diagnostic);
  }

  /** Makes room for an error: a refusal must never be left without its reason. */
  private boolean dropLesser() {
    for (Diagnostic each : diagnostics.reversed()) {
      if (each.severity() != Severity.ERROR) {
        return diagnostics.remove(each);
      }
    }
    return false;
  }

  /** Whether a fatal error was reported. */
  boolean unusable() {
    return unusable;
  }

  /** Whether any error was reported, fatal or not. */
  boolean hasErrors() {
    return hasErrors;
  }

  /** Whether there are neither errors nor warnings. */
  boolean strictlyClean() {
    return strictlyClean;
  }

  /** The diagnostics in file order; those of one place in the order they were found. */
  List<Diagnostic> inOrder() {
    List<Diagnostic> sorted = new ArrayList<>(diagnostics);
    sorted.sort(
        Comparator.comparingInt((Diagnostic d) -> files.getOrDefault(d.file(), 0))
            .thenComparingInt(Diagnostic::line)
            .thenComparingInt(Diagnostic::column));
    if (dropped > 0) {
      String last = sorted.getLast().file();
      sorted.add(
          new Diagnostic(
              Severity.NOTE, last, 0, 0, "", dropped + " further diagnostics are not shown", ""));
    }
    return sorted;
  }
}

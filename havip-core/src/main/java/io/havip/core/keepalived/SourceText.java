package io.havip.core.keepalived;

import java.util.Arrays;

/**
 * Characters that remember where they were written: a line, the rest of one, or the value of a
 * parameter, whose lines are separated by line feeds.
 */
final class SourceText {

  private final String file;
  private final String chars;
  private final int[] lines;
  private final int[] columns;

  private SourceText(String file, String chars, int[] lines, int[] columns) {
    this.file = file;
    this.chars = chars;
    this.lines = lines;
    this.columns = columns;
  }

  /** A whole line of a file. */
  static SourceText line(String file, int line, String chars) {
    int[] lines = new int[chars.length()];
    Arrays.fill(lines, line);
    int[] columns = new int[chars.length()];
    Arrays.setAll(columns, i -> i + 1);
    return new SourceText(file, chars, lines, columns);
  }

  /** A text that stands for one place, such as the value a sequence gives its variable. */
  static SourceText at(Position place, String chars) {
    int[] lines = new int[chars.length()];
    Arrays.fill(lines, place.line());
    int[] columns = new int[chars.length()];
    Arrays.fill(columns, place.column());
    return new SourceText(place.file(), chars, lines, columns);
  }

  int length() {
    return chars.length();
  }

  char charAt(int index) {
    return chars.charAt(index);
  }

  /** Where a character was written. */
  Position position(int index) {
    return new Position(file, lines[index], columns[index]);
  }

  boolean hasSeveralLines() {
    return chars.indexOf('\n') >= 0;
  }

  /** The part from {@code from} to {@code to}. */
  SourceText slice(int from, int to) {
    return new SourceText(
        file,
        chars.substring(from, to),
        Arrays.copyOfRange(lines, from, to),
        Arrays.copyOfRange(columns, from, to));
  }

  /** The part without white space at both ends. */
  SourceText strip() {
    int from = 0;
    int to = chars.length();
    while (from < to && Characters.isSpace(chars.charAt(from))) {
      from++;
    }
    while (to > from && Characters.isSpace(chars.charAt(to - 1))) {
      to--;
    }
    return slice(from, to);
  }

  /** The characters alone. May hold a password, so it is for parsing, not for showing. */
  String text() {
    return chars;
  }

  /** Puts texts together. */
  static final class Builder {
    private final String file;
    private final StringBuilder chars = new StringBuilder();
    private int[] lines = new int[32];
    private int[] columns = new int[32];

    Builder(String file) {
      this.file = file;
    }

    /** Adds a character; one that came from another file gets the place of the one before it. */
    void add(char c, Position at) {
      int length = chars.length();
      if (length == lines.length) {
        lines = Arrays.copyOf(lines, length * 2);
        columns = Arrays.copyOf(columns, length * 2);
      }
      boolean here = at.file().equals(file);
      int before = Math.max(length - 1, 0);
      lines[length] = here ? at.line() : lines[before];
      columns[length] = here ? at.column() : columns[before];
      chars.append(c);
    }

    SourceText build() {
      int length = chars.length();
      return new SourceText(
          file, chars.toString(), Arrays.copyOf(lines, length), Arrays.copyOf(columns, length));
    }
  }
}

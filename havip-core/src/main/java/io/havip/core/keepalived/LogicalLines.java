package io.havip.core.keepalived;

import org.jspecify.annotations.Nullable;

/**
 * The lines of a text without their comments. A definition of a parameter whose lines end with a
 * backslash is one line; nothing else is continued by a backslash.
 */
final class LogicalLines {

  /**
   * A line.
   *
   * @param text what stands in it, with line feeds if it is a definition of several lines
   * @param definition whether it is such a definition
   */
  record Line(SourceText text, boolean definition) {}

  private final Source source;
  private int next;
  private int number;

  LogicalLines(Source source) {
    this.source = source;
  }

  /** The next line, or null at the end. */
  @Nullable Line next() {
    SourceText line = physical();
    if (line == null) {
      return null;
    }
    if (!continued(line) || !defines(line)) {
      return new Line(Comments.strip(line), false);
    }
    SourceText.Builder value = new SourceText.Builder(source.name());
    SourceText part = line;
    while (part != null) {
      boolean more = continued(part);
      append(value, Comments.strip(more ? withoutBackslash(part) : part));
      if (!more) {
        break;
      }
      value.add('\n', new Position(source.name(), number, 1));
      part = physical();
    }
    return new Line(value.build(), true);
  }

  private @Nullable SourceText physical() {
    String text = source.text();
    if (next >= text.length()) {
      return null;
    }
    int end = text.indexOf('\n', next);
    end = end < 0 ? text.length() : end;
    String chars = text.substring(next, end);
    next = end + 1;
    number++;
    return SourceText.line(source.name(), number, chars);
  }

  private static void append(SourceText.Builder target, SourceText text) {
    for (int i = 0; i < text.length(); i++) {
      target.add(text.charAt(i), text.position(i));
    }
  }

  private static int end(SourceText line) {
    int end = line.length();
    while (end > 0 && Characters.isSpace(line.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean continued(SourceText line) {
    int end = end(line);
    return end > 0 && line.charAt(end - 1) == '\\';
  }

  private static SourceText withoutBackslash(SourceText line) {
    return line.slice(0, end(line) - 1);
  }

  /** Whether the line starts a definition, a condition before it or not. */
  private static boolean defines(SourceText line) {
    int at = skipSpace(line, 0);
    if (at < line.length() && line.charAt(at) == '@') {
      while (at < line.length() && !Characters.isSpace(line.charAt(at))) {
        at++;
      }
      at = skipSpace(line, at);
    }
    return Input.definedName(line, at) != null;
  }

  private static int skipSpace(SourceText line, int from) {
    int at = from;
    while (at < line.length() && Characters.isSpace(line.charAt(at))) {
      at++;
    }
    return at;
  }
}

package io.havip.core.keepalived;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a line with the values of parameters spliced in as they are met.
 *
 * <p>A value is a frame on top of the text that uses it. Substitution thus happens at the time of
 * use and recursively, as Keepalived's does.
 */
final class Input {

  /** Returned instead of a character at the end. */
  static final int END = -1;

  /** A parameter reference at the current place. */
  record Reference(String name, int length, boolean braces) {}

  private static final int DEEPEST = 100;

  private static final class Frame {
    private final SourceText text;
    private final @Nullable Position use;
    private final String parameter;
    private int next;

    private Frame(SourceText text, @Nullable Position use, String parameter) {
      this.text = text;
      this.use = use;
      this.parameter = parameter;
    }

    private boolean exhausted() {
      return next >= text.length();
    }

    private Position position() {
      return use == null ? text.position(next) : use;
    }
  }

  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Budget budget;
  private Position last;

  Input(SourceText text, Position at, Budget budget) {
    frames.push(new Frame(text, null, ""));
    this.budget = budget;
    last = at;
  }

  /** The next character, or {@link #END}. */
  int peek() {
    dropExhausted();
    Frame top = frames.peek();
    return top == null ? END : top.text.charAt(top.next);
  }

  /** Takes a character; there must be one. */
  char next() {
    dropExhausted();
    Frame top = frames.getFirst();
    budget.character();
    last = top.position();
    return top.text.charAt(top.next++);
  }

  /** Where the next character was written, or the last one at the end. */
  Position position() {
    dropExhausted();
    Frame top = frames.peek();
    return top == null ? last : top.position();
  }

  void skipSpace() {
    while (Characters.isSpace(peek())) {
      next();
    }
  }

  /** Drops what is left of the line, its end included. */
  void skipLine() {
    boolean more = peek() != END;
    while (more) {
      more = next() != '\n' && peek() != END;
    }
  }

  /** Takes what is left of the line without replacing anything in it. */
  SourceText restOfLine() {
    SourceText.Builder rest = new SourceText.Builder(position().file());
    while (peek() != END && peek() != '\n') {
      Position at = position();
      rest.add(next(), at);
    }
    return rest.build();
  }

  /** Whether the text from here starts with the given one, parameters not replaced. */
  boolean startsWith(String prefix) {
    dropExhausted();
    Frame top = frames.peek();
    return top != null && top.text.text().startsWith(prefix, top.next);
  }

  /** The name defined here, {@code $NAME=}, or null. */
  @Nullable String definition() {
    dropExhausted();
    Frame top = frames.peek();
    return top == null ? null : definedName(top.text, top.next);
  }

  /** The name a text defines at an index, or null. */
  static @Nullable String definedName(SourceText text, int from) {
    if (from >= text.length() || text.charAt(from) != '$') {
      return null;
    }
    int end = nameEnd(text, from + 1);
    boolean defines = end > from + 1 && end < text.length() && text.charAt(end) == '=';
    return defines ? text.text().substring(from + 1, end) : null;
  }

  /**
   * The reference here, or null: {@code ${NAME}} anywhere, {@code $NAME} only before white space or
   * at the end.
   */
  @Nullable Reference reference() {
    return reference("");
  }

  /** The same where {@code $NAME} may also stand before one of the given characters. */
  @Nullable Reference reference(String delimiters) {
    dropExhausted();
    Frame top = frames.peek();
    if (top == null || top.text.charAt(top.next) != '$') {
      return null;
    }
    int from = top.next + 1;
    if (from < top.text.length() && top.text.charAt(from) == '{') {
      int end = nameEnd(top.text, from + 1);
      String name = top.text.text().substring(from + 1, end);
      int close = end;
      if (name.equals(Parameters.RANDOM)) { // takes bounds: ${_RANDOM 1 10}
        close = top.text.text().indexOf('}', end);
      }
      if (name.isEmpty() || close < 0 || close >= top.text.length()) {
        return null;
      }
      return top.text.charAt(close) == '}' ? new Reference(name, close + 1 - top.next, true) : null;
    }
    int end = nameEnd(top.text, from);
    int behind = end < top.text.length() ? top.text.charAt(end) : behindTop();
    boolean ends = behind == END || Characters.isSpace(behind) || delimiters.indexOf(behind) >= 0;
    if (end == from || !ends) {
      return null;
    }
    return new Reference(top.text.text().substring(from, end), end - top.next, false);
  }

  /** Passes over a reference. */
  void skip(Reference reference) {
    for (int i = 0; i < reference.length; i++) {
      next();
    }
  }

  /**
   * Puts a value before the rest.
   *
   * @return false if the parameter is being replaced already, so that this would never end
   */
  boolean push(String parameter, SourceText value, Position use) {
    // Frames that are read to their end still count: "$A=${A}" would otherwise run for ever.
    if (frames.size() > DEEPEST || frames.stream().anyMatch(f -> f.parameter.equals(parameter))) {
      return false;
    }
    frames.push(new Frame(value, value.hasSeveralLines() ? null : use, parameter));
    return true;
  }

  private int behindTop() {
    boolean first = true;
    for (Frame frame : frames) {
      if (!first && !frame.exhausted()) {
        return frame.text.charAt(frame.next);
      }
      first = false;
    }
    return END;
  }

  private void dropExhausted() {
    while (!frames.isEmpty() && frames.getFirst().exhausted()) {
      frames.pop();
    }
  }

  private static int nameEnd(SourceText text, int from) {
    int end = from;
    if (end < text.length() && Characters.isNameStart(text.charAt(end))) {
      while (end < text.length() && Characters.isName(text.charAt(end))) {
        end++;
      }
    }
    return end;
  }
}

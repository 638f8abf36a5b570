package io.havip.core.keepalived;

import org.jspecify.annotations.Nullable;

/**
 * Takes comments off a line: {@code #} and {@code !} start one anywhere outside double quotes, even
 * inside a word, unless a backslash stands before them.
 */
final class Comments {

  private Comments() {}

  /**
   * The line without its comment.
   *
   * <p>An unclosed quote protects the rest of the line, so that a comment sign in it shows nothing
   * of what may be a password.
   */
  static SourceText strip(SourceText line) {
    boolean quoted = false;
    SourceText.Builder kept = null;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '#' || c == '!')) {
        return kept == null ? line.slice(0, i) : kept.build();
      } else if (!quoted && c == '\\' && i + 1 < line.length()) {
        char next = line.charAt(i + 1);
        if (next == '#' || next == '!') {
          kept = kept == null ? copy(line, i) : kept;
          kept.add(next, line.position(i + 1));
          i++;
          continue;
        }
        if (next == '\\') { // a backslash for itself, so that the sign behind it is a comment
          add(kept, line, i);
          i++;
        }
      }
      add(kept, line, i);
    }
    return kept == null ? line : kept.build();
  }

  private static void add(SourceText.@Nullable Builder kept, SourceText line, int index) {
    if (kept != null) {
      kept.add(line.charAt(index), line.position(index));
    }
  }

  private static SourceText.Builder copy(SourceText line, int length) {
    SourceText.Builder copy = new SourceText.Builder(line.position(0).file());
    for (int i = 0; i < length; i++) {
      copy.add(line.charAt(i), line.position(i));
    }
    return copy;
  }
}

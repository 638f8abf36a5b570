package io.havip.core.keepalived;

import java.util.Objects;

/**
 * One thing to know about a configuration. Passwords never stand in it.
 *
 * @param severity how much is lost
 * @param file the file it is about, as it was named by the caller or by an include
 * @param line the line, from 1; 0 if it is about the file as a whole
 * @param column the column of the first character, from 1, a tab counting as one; 0 with line 0
 * @param keyword the keyword it is about, or empty
 * @param message what is wrong, without a full stop
 * @param usedInstead what is used instead of what was written, or empty
 */
public record Diagnostic(
    Severity severity,
    String file,
    int line,
    int column,
    String keyword,
    String message,
    String usedInstead) {

  /** Refuses null parts. */
  public Diagnostic {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(keyword, "keyword");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(usedInstead, "usedInstead");
  }

  /**
   * One line in the form compilers use, which editors turn into a link.
   *
   * @return for example {@code keepalived.conf:12:5: warning: priority must be a whole number, 1 to
   *     255, not '300' (using 100)}
   */
  public String describe() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(": ").append(severity.word()).append(": ").append(message);
    if (!usedInstead.isEmpty()) {
      text.append(" (using ").append(usedInstead).append(')');
    }
    return text.toString();
  }
}

package io.havip.core.lint;

import io.havip.core.keepalived.Directive;
import java.util.Objects;

/**
 * Where something was written.
 *
 * @param file the file, as it was named when it was read; empty if the configuration was no file
 * @param line the line, from 1; 0 if it is not known
 * @param column the column, from 1; 0 with line 0
 */
public record Place(String file, int line, int column) {

  /** A configuration that was read from no file. */
  public static final Place UNKNOWN = new Place("", 0, 0);

  /** Refuses a null file. */
  public Place {
    Objects.requireNonNull(file, "file");
  }

  static Place of(Directive directive) {
    return new Place(directive.file(), directive.line(), directive.column());
  }

  /**
   * The place in the form compilers use.
   *
   * @return for example {@code keepalived.conf:12:5}; {@code configuration} if the file is not
   *     known
   */
  @Override
  public String toString() {
    if (file.isEmpty()) {
      return "configuration";
    }
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}

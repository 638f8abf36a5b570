package io.havip.testkit.log;

/**
 * Something in a recorded log that a person should know before believing a verdict.
 *
 * @param file the log
 * @param line the line, from 1
 * @param words what is wrong, and what became of it
 */
public record LogProblem(String file, int line, String words) {

  /** {@return {@code file:line: words}} */
  public String describe() {
    return file + ":" + line + ": " + words;
  }
}

package io.havip.testkit.scenario;

/** A scenario file cannot be read. The message names the file, the line and the rule. */
public final class ScenarioException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** The name of the file. */
  private final String file;

  /** The number of the line, from 1. */
  private final int line;

  ScenarioException(String file, int line, String rule) {
    super(file + ":" + line + ": " + rule);
    this.file = file;
    this.line = line;
  }

  /** {@return the name of the file} */
  public String file() {
    return file;
  }

  /** {@return the number of the line, from 1} */
  public int line() {
    return line;
  }
}

package io.havip.testkit.log;

/** A log that cannot be used at all: its message names the file and the line. */
public final class LogFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient LogProblem problem;

  LogFormatException(LogProblem problem) {
    super(problem.describe());
    this.problem = problem;
  }

  /** {@return where and why} */
  public LogProblem problem() {
    return problem;
  }
}

package io.havip.testkit.scenario;

import java.nio.file.Path;

/**
 * A service did not keep a property in a failover. The message says which and when, in words, and
 * where the report lies, how to do it again, and what to paste as a test.
 */
public final class FailoverFailure extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final transient Shrunk shrunk;
  private final transient Path report;

  /** The scenario as code to paste. */
  private final String code;

  FailoverFailure(String message, Shrunk shrunk, Path report, String code) {
    super(message);
    this.shrunk = shrunk;
    this.report = report;
    this.code = code;
  }

  /** {@return the smallest scenario found that fails, and what became of it} */
  public Shrunk shrunk() {
    return shrunk;
  }

  /** {@return the page for a browser; the scenario file lies beside it} */
  public Path report() {
    return report;
  }

  /** {@return the test method to paste} */
  public String code() {
    return code;
  }
}

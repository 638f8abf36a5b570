package io.havip.testkit.lab;

/** What was waited for did not happen in time; the message says what was seen last. */
public class LabTimeoutException extends LabException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was awaited, for how long, and what was seen instead
   */
  public LabTimeoutException(String message) {
    super(message);
  }
}

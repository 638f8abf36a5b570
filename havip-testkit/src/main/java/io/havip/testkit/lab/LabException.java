package io.havip.testkit.lab;

/**
 * Something in the lab did not work: a command failed, a process died, a tool is missing. The
 * message is meant to be read by a person and carries the full output of what failed.
 */
public class LabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed, with its output
   */
  public LabException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed
   * @param cause why
   */
  public LabException(String message, Throwable cause) {
    super(message, cause);
  }
}

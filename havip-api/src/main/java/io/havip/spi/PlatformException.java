package io.havip.spi;

/**
 * A platform could not be opened, or a seam could not be set up. The message says what, where and
 * what to do.
 */
public class PlatformException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed, where, and what a person can do about it
   */
  public PlatformException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed, where, and what a person can do about it
   * @param cause what was thrown below
   */
  public PlatformException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

package io.havip;

/**
 * A node could not be configured, started or changed. The subclass tells who can mend it; the
 * message tells how.
 */
public sealed class HavipException extends RuntimeException
    permits HavipConfigException, HavipPlatformException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong, where, and what to do
   * @param cause what was thrown below, or null
   */
  HavipException(String message, @org.jspecify.annotations.Nullable Throwable cause) {
    super(message, cause);
  }
}

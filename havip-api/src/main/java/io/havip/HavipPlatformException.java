package io.havip;

import org.jspecify.annotations.Nullable;

/** The host cannot run the node: a privilege, an interface or a facility is missing. */
public final class HavipPlatformException extends HavipException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message names what is missing and what to do
   * @param cause what the platform threw, or null
   */
  public HavipPlatformException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

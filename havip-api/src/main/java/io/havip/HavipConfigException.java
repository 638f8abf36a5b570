package io.havip;

/**
 * The configuration cannot be used: a value is out of range, or two parts contradict each other.
 */
public final class HavipConfigException extends HavipException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message names the router and the setting, the value found and the values allowed
   */
  public HavipConfigException(String message) {
    super(message, null);
  }
}

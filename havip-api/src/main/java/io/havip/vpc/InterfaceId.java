package io.havip.vpc;

/**
 * The id of a network interface.
 *
 * @param value 1 to 64 visible ASCII characters, for example {@code eni-1}
 */
public record InterfaceId(String value) implements ResourceId {

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is empty, too long or has a character that is not
   *     visible ASCII
   */
  public InterfaceId {
    Checks.id("network interface", value);
  }

  @Override
  public String kind() {
    return "network interface";
  }

  /**
   * Returns the text.
   *
   * @return {@link #value()}
   */
  @Override
  public String toString() {
    return value;
  }
}

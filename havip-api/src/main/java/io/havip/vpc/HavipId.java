package io.havip.vpc;

/**
 * The id of a HAVIP.
 *
 * @param value 1 to 64 visible ASCII characters, for example {@code havip-1}
 */
public record HavipId(String value) implements ResourceId {

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is empty, too long or has a character that is not
   *     visible ASCII
   */
  public HavipId {
    Checks.id("HAVIP", value);
  }

  @Override
  public String kind() {
    return "HAVIP";
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

package io.havip.vpc;

/**
 * The id of a instance.
 *
 * @param value 1 to 64 visible ASCII characters, for example {@code ins-1}
 */
public record InstanceId(String value) implements ResourceId {

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is empty, too long or has a character that is not
   *     visible ASCII
   */
  public InstanceId {
    Checks.id("instance", value);
  }

  @Override
  public String kind() {
    return "instance";
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

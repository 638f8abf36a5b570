package io.havip.vpc;

/**
 * The id of a security group.
 *
 * @param value 1 to 64 visible ASCII characters, for example {@code sg-1}
 */
public record SecurityGroupId(String value) implements ResourceId {

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is empty, too long or has a character that is not
   *     visible ASCII
   */
  public SecurityGroupId {
    Checks.id("security group", value);
  }

  @Override
  public String kind() {
    return "security group";
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

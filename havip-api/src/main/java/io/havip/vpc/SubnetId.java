package io.havip.vpc;

/**
 * The id of a subnet.
 *
 * @param value 1 to 64 visible ASCII characters, for example {@code subnet-1}
 */
public record SubnetId(String value) implements ResourceId {

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is empty, too long or has a character that is not
   *     visible ASCII
   */
  public SubnetId {
    Checks.id("subnet", value);
  }

  @Override
  public String kind() {
    return "subnet";
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

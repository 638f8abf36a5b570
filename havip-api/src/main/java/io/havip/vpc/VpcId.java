package io.havip.vpc;

/**
 * The id of a VPC.
 *
 * @param value 1 to 64 visible ASCII characters, for example {@code vpc-1}
 */
public record VpcId(String value) implements ResourceId {

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is empty, too long or has a character that is not
   *     visible ASCII
   */
  public VpcId {
    Checks.id("VPC", value);
  }

  @Override
  public String kind() {
    return "VPC";
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

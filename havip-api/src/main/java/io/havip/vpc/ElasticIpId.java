package io.havip.vpc;

/**
 * The id of a elastic IP.
 *
 * @param value 1 to 64 visible ASCII characters, for example {@code eip-1}
 */
public record ElasticIpId(String value) implements ResourceId {

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is empty, too long or has a character that is not
   *     visible ASCII
   */
  public ElasticIpId {
    Checks.id("elastic IP", value);
  }

  @Override
  public String kind() {
    return "elastic IP";
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

package io.havip.vpc;

/**
 * The id of a placement group.
 *
 * @param value 1 to 64 visible ASCII characters, for example {@code ps-1}
 */
public record PlacementGroupId(String value) implements ResourceId {

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is empty, too long or has a character that is not
   *     visible ASCII
   */
  public PlacementGroupId {
    Checks.id("placement group", value);
  }

  @Override
  public String kind() {
    return "placement group";
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

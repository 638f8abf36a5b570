package io.havip.vpc;

/**
 * The physical machine on which instances run. Clouds rarely tell it; placement groups are how they
 * promise that two instances are not on the same one.
 *
 * @param name 1 to 64 visible ASCII characters
 */
public record PhysicalHost(String name) {

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is empty, too long or has a character that is not
   *     visible ASCII
   */
  public PhysicalHost {
    Checks.id("physical host", name);
  }

  /**
   * Returns the name.
   *
   * @return {@link #name()}
   */
  @Override
  public String toString() {
    return name;
  }
}

package io.havip.spi;

/** Whether a provider can be used in this process, and if not, why. */
public sealed interface Availability {

  /** The provider can be used. */
  record Available() implements Availability {}

  /**
   * The provider cannot be used.
   *
   * @param reason one sentence for a person: what is missing and what to do about it
   */
  record Unavailable(String reason) implements Availability {}
}

package io.havip.testkit.explore;

import java.util.Optional;

/**
 * What must hold on every step.
 *
 * @param id its id in the catalogue of properties, such as {@code S9}
 * @param words what it says, in one sentence
 * @param check finds what is wrong with a step, in words, or nothing
 */
public record Law(String id, String words, Check check) {

  /** Judges one step. */
  @FunctionalInterface
  public interface Check {

    /**
     * {@return what is wrong, or empty}
     *
     * @param step the step
     */
    Optional<String> violation(Transition step);
  }
}

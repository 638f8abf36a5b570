package io.havip.testkit.explore;

import java.util.Optional;

/**
 * What an exploration found.
 *
 * @param worlds different worlds reached
 * @param steps steps taken between them
 * @param depth moves from the start to the farthest world
 * @param complete whether everything that can happen was explored, not only up to the depth
 * @param violation the first law found broken, by a shortest path; empty if none was
 */
public record Exploration(
    long worlds, long steps, int depth, boolean complete, Optional<Violation> violation) {

  /**
   * A broken law.
   *
   * @param law which
   * @param what what was wrong
   * @param path how it came to it
   */
  public record Violation(Law law, String what, Path path) {

    /** {@return the law, what was wrong, and the path, for a person} */
    public String describe() {
      return law.id() + " (" + law.words() + "): " + what + "\n" + path.describe();
    }
  }

  /** {@return one line for a person} */
  public String describe() {
    return "%,d worlds, %,d steps, depth %d%s: %s"
        .formatted(
            worlds,
            steps,
            depth,
            complete ? ", complete" : "",
            violation.map(v -> "broken " + v.law().id()).orElse("all laws hold"));
  }
}

package io.havip.core.check;

import java.util.List;
import java.util.Set;

/** S19: what happens to a group does not depend on an unrelated one. Compares two runs. */
public final class NonInterference implements Rule {

  /** Makes the rule. */
  public NonInterference() {}

  /**
   * What came of a comparison.
   *
   * @param verdict UNKNOWN if nothing happened in the runs
   * @param difference the first difference in words; empty if there is none
   */
  public record Comparison(Verdict verdict, String difference) {}

  @Override
  public String id() {
    return "S19";
  }

  @Override
  public String words() {
    return "a group does the same, at the same times, whether or not there is an unrelated group";
  }

  @Override
  public String condition() {
    return "two runs of one scenario and seed, of which one has a group more; none is overloaded";
  }

  @Override
  public String bound() {
    return "0";
  }

  @Override
  public Set<Sense> needs() {
    return Set.of(Sense.STATES);
  }

  /**
   * Compares what was seen of a group in two runs.
   *
   * @param alone what was seen of it without the other group
   * @param together what was seen of it with the other group
   * @return the verdict, and the first difference
   */
  public Comparison compare(List<Sighting> alone, List<Sighting> together) {
    int shorter = Math.min(alone.size(), together.size());
    for (int i = 0; i < shorter; i++) {
      if (!alone.get(i).equals(together.get(i))) {
        return new Comparison(
            Verdict.FAIL, "alone " + alone.get(i) + ", together " + together.get(i));
      }
    }
    if (alone.size() != together.size()) {
      boolean less = alone.size() > together.size();
      return new Comparison(
          Verdict.FAIL,
          (less ? "only alone: " : "only together: ") + (less ? alone : together).get(shorter));
    }
    boolean something = alone.stream().anyMatch(Sighting.State.class::isInstance);
    return new Comparison(something ? Verdict.PASS : Verdict.UNKNOWN, "");
  }
}

package io.havip.testkit.scenario;

/**
 * A failing scenario made small.
 *
 * @param original the scenario that failed
 * @param property the id of the property that both violate
 * @param outcome what became of the small scenario, recorded
 * @param runs how many runs it took
 */
public record Shrunk(Scenario original, String property, Outcome outcome, int runs) {

  /** A run that was given up: another try would only wait again. */
  static Shrunk notAt(Outcome outcome) {
    return new Shrunk(outcome.scenario(), Outcome.ERROR, outcome, 1);
  }

  /** {@return the small scenario} */
  public Scenario scenario() {
    return outcome.scenario();
  }

  /** {@return one line for a person: from what to what} */
  public String describe() {
    if (outcome.stuck().isPresent()) {
      return "not shrunk: in each try the code would wait again";
    }
    return "%d members, %d steps, %s, shrunk in %d runs to %d members, %d steps, %s"
        .formatted(
            original.members().size(),
            original.steps().size(),
            Lengths.text(original.length()),
            runs,
            scenario().members().size(),
            scenario().steps().size(),
            Lengths.text(scenario().length()));
  }
}

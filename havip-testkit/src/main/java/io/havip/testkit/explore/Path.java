package io.havip.testkit.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A history: what happened, from the start.
 *
 * @param steps the steps in order
 */
public record Path(List<Transition> steps) {

  /** Copies the list. */
  public Path {
    steps = List.copyOf(steps);
  }

  /** {@return the moves in order} */
  public List<Move> moves() {
    return steps.stream().map(Transition::move).toList();
  }

  /** {@return one line a move, with the time since the start and the states after it} */
  public String describe() {
    List<String> lines = new ArrayList<>();
    long now = 0;
    for (Transition step : steps) {
      if (step.move() instanceof Move.Pass pass) {
        now += pass.nanos();
      }
      lines.add(
          "%-12s %-28s %s"
              .formatted(
                  Duration.ofNanos(now),
                  step.move(),
                  step.after().members().stream()
                      .map(m -> m.up() ? m.state().state().toString() : "down")
                      .toList()));
    }
    return String.join("\n", lines);
  }
}

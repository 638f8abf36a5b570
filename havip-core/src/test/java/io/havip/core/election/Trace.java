package io.havip.core.election;

import io.havip.core.election.Action.ReportState;
import io.havip.core.election.Action.SendAdvert;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a router did.
 *
 * @param config the router
 * @param punctual whether every deadline was met at its moment
 * @param startAt the clock at the start
 * @param entries its steps
 */
record Trace(ElectionConfig config, boolean punctual, long startAt, List<Entry> entries) {

  /** The first complaint about a step, if there is any. */
  Optional<String> firstBroken(Function<Entry, Optional<String>> complaint) {
    return entries.stream()
        .flatMap(e -> complaint.apply(e).map(c -> c + " in " + e).stream())
        .findFirst();
  }

  /**
   * One step.
   *
   * @param before the state it began in
   * @param input what happened
   * @param now when
   * @param step what followed
   */
  record Entry(ElectionState before, Input input, long now, Step step) {

    ElectionState after() {
      return step.state();
    }

    List<Action> actions() {
      return step.actions();
    }

    List<ReportState> reports() {
      return all(ReportState.class);
    }

    <T extends Action> List<T> all(Class<T> kind) {
      return actions().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Own adverts other than resignations. */
    List<SendAdvert> claims() {
      return all(SendAdvert.class).stream().filter(a -> a.priority() > 0).toList();
    }
  }
}

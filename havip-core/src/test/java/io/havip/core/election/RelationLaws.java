package io.havip.core.election;

import io.havip.wire.VrrpVersion;
import java.util.List;
import java.util.Optional;

/** How two runs of the machine relate. */
final class RelationLaws {

  private RelationLaws() {}

  /** The same run twice, and each of its steps once more. */
  static Optional<String> deterministic(Stepper stepper, Scenario scenario) {
    Trace once = scenario.run(stepper);
    Trace again = scenario.run(stepper);
    if (!once.equals(again)) {
      return Optional.of("two runs differ");
    }
    return once.firstBroken(e ->
        stepper.step(scenario.config(), e.before(), e.input(), e.now()).equals(e.step())
            ? Optional.empty()
            : Optional.of("the same step differs"));
  }

  /** The clock's origin means nothing. */
  static Optional<String> shift(Stepper stepper, Scenario scenario) {
    for (long by : new long[] {1, 123_456_789L, -987_654_321_012L}) {
      List<Trace.Entry> plain = scenario.run(stepper).entries();
      List<Trace.Entry> shifted = scenario.shifted(by).run(stepper).entries();
      if (plain.size() != shifted.size()) {
        return Optional.of("another number of steps when shifted by " + by);
      }
      for (int i = 0; i < plain.size(); i++) {
        if (!shifted(plain.get(i).actions(), by).equals(shifted.get(i).actions())
            || !Times.shift(plain.get(i).after(), by).equals(shifted.get(i).after())) {
          return Optional.of("shifted by " + by + ", step " + i + " is " + shifted.get(i));
        }
      }
    }
    return Optional.empty();
  }

  /** In version 3 a longer interval is the same play at a slower pace. */
  static Optional<String> stretch(Stepper stepper, Scenario scenario) {
    if (scenario.config().version() == VrrpVersion.V2) {
      return Optional.empty(); // its skew is in seconds, whatever the interval
    }
    for (long factor : new long[] {2, 3, 7}) {
      List<Trace.Entry> plain = scenario.run(stepper).entries();
      List<Trace.Entry> slow = scenario.stretched(factor).run(stepper).entries();
      if (plain.size() != slow.size()) {
        return Optional.of("another number of steps when stretched by " + factor);
      }
      for (int i = 0; i < plain.size(); i++) {
        if (!stretched(plain.get(i).actions(), factor).equals(stretched(slow.get(i).actions(), 1))
            || !Times.stretch(plain.get(i).after(), factor).equals(slow.get(i).after())) {
          return Optional.of("stretched by " + factor + ", step " + i + " is " + slow.get(i));
        }
      }
    }
    return Optional.empty();
  }

  private static List<Action> shifted(List<Action> actions, long by) {
    return actions.stream().map(a -> Times.shift(a, by)).toList();
  }

  private static List<Action> stretched(List<Action> actions, long factor) {
    return actions.stream().map(a -> Times.stretch(a, factor)).toList();
  }
}

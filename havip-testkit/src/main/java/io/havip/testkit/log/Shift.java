package io.havip.testkit.log;

import io.havip.core.check.Sighting;

/** Sightings on another clock. */
final class Shift {

  private Shift() {}

  /** The same, {@code nanos} earlier; only what a log can tell. */
  static Sighting by(Sighting sighting, long nanos) {
    return switch (sighting) {
      case Sighting.State s ->
          new Sighting.State(
              s.at() - nanos, s.member(), s.router(), s.from(), s.to(), s.priority(), s.cause());
      case Sighting.Address s ->
          new Sighting.Address(s.at() - nanos, s.member(), s.address(), s.answers());
      case Sighting.Priority s ->
          new Sighting.Priority(s.at() - nanos, s.member(), s.router(), s.priority());
      case Sighting.Trouble s ->
          new Sighting.Trouble(s.at() - nanos, s.kind(), s.members(), s.begins(), s.words());
      default -> throw new IllegalArgumentException("no log tells of " + sighting);
    };
  }
}

package io.havip.testkit.sim;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Something that goes wrong with the cloud's API. The simulation must have a cloud. */
public sealed interface CloudFault extends Fault {

  /** What goes wrong. */
  enum Kind {
    /** The member cannot reach the API. */
    BLACKOUT,
    /** The API refuses the member's calls, for there are too many. */
    THROTTLED,
    /** The API refuses the member's calls, for its key has expired. */
    REFUSED,
    /** The API does what the member asks for, but its replies are lost. */
    UNKNOWN_OUTCOME,
    /** What the member writes arrives late. */
    LATE_WRITES,
    /** Looks show what was, to every member. */
    STALE,
    /** Every call takes longer, for every member. */
    SLOW
  }

  /**
   * It begins.
   *
   * @param member whom it concerns
   * @param kind what goes wrong
   * @param by how much later; counts for {@link Kind#LATE_WRITES}, {@link Kind#STALE} and {@link
   *     Kind#SLOW}
   */
  record Broken(String member, Kind kind, Duration by) implements CloudFault {
    @Override
    public String describe() {
      String what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return "cloud of " + member + ": " + what + (by.isZero() ? "" : " by " + Times.text(by));
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new Mended());
    }
  }

  /** Everything that is wrong with the API ends, for every member. */
  record Mended() implements CloudFault {
    @Override
    public String describe() {
      return "the cloud is well";
    }
  }
}

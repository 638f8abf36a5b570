package io.havip.core.election;

import io.havip.net.IpAddress;

/**
 * Something that happens to a router. Times are in ticks, 256 to an own interval, so that a
 * scenario means the same at any interval.
 */
sealed interface Move {

  /**
   * Time passes, and every deadline is met at its moment.
   *
   * @param ticks how long
   */
  record Pass(int ticks) implements Move {}

  /**
   * Time passes, and the process does not run.
   *
   * @param ticks how long
   */
  record Stall(int ticks) implements Move {}

  /**
   * The host sleeps, and its clock stands still.
   *
   * @param ticks how long
   */
  record Sleep(int ticks) implements Move {}

  /**
   * An advert is read.
   *
   * @param rank its priority, seen from the router
   * @param source its sender
   * @param speed its interval, seen from the router
   * @param waited ticks since the host received it
   */
  record Hear(Rank rank, IpAddress source, Speed speed, int waited) implements Move {}

  /**
   * From now on questions for the address end otherwise.
   *
   * @param by how
   */
  record Answers(Answer by) implements Move {}

  /**
   * Any other input.
   *
   * @param input what
   */
  record Give(Input input) implements Move {}

  /** What becomes of a question. */
  enum Answer {
    SILENCE,
    ANSWERED,
    /** It cannot be sent, and is said to have ended in silence before its time. */
    UNASKED
  }

  /** A priority compared with the router's own. */
  enum Rank {
    RESIGNATION,
    LOWEST,
    BELOW,
    EQUAL,
    ABOVE,
    OWNER;

    int priority(int own) {
      return switch (this) {
        case RESIGNATION -> 0;
        case LOWEST -> 1;
        case BELOW -> Math.max(1, own - 1);
        case EQUAL -> own;
        case ABOVE -> Math.min(255, own + 1);
        case OWNER -> 255;
      };
    }
  }

  /** An interval compared with the router's own. */
  enum Speed {
    TWICE_AS_FAST,
    SAME,
    HALF_AS_FAST;

    long interval(long own) {
      return switch (this) {
        case TWICE_AS_FAST -> own / 2;
        case SAME -> own;
        case HALF_AS_FAST -> own * 2;
      };
    }
  }
}

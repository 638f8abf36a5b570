package io.havip.testkit.explore;

import java.time.Duration;

/** What can happen next. */
public sealed interface Move {

  /**
   * A member whose deadline has come runs.
   *
   * @param member its index
   */
  record Fire(int member) implements Move {
    @Override
    public String toString() {
      return "timer of " + member;
    }
  }

  /**
   * An advert arrives.
   *
   * @param message the advert
   */
  record Deliver(Message message) implements Move {
    @Override
    public String toString() {
      return "deliver " + message;
    }
  }

  /**
   * A question for the address ends in silence.
   *
   * @param member who asked
   */
  record Silence(int member) implements Move {
    @Override
    public String toString() {
      return "silence for " + member;
    }
  }

  /**
   * A question for the address is answered.
   *
   * @param member who asked
   */
  record Answer(int member) implements Move {
    @Override
    public String toString() {
      return "answer for " + member;
    }
  }

  /**
   * An advert is lost.
   *
   * @param message the advert
   */
  record Lose(Message message) implements Move {
    @Override
    public String toString() {
      return "lose " + message;
    }
  }

  /**
   * A host dies without a word.
   *
   * @param member its index
   */
  record Crash(int member) implements Move {
    @Override
    public String toString() {
      return "crash " + member;
    }
  }

  /**
   * A member leaves in order.
   *
   * @param member its index
   */
  record Stop(int member) implements Move {
    @Override
    public String toString() {
      return "stop " + member;
    }
  }

  /**
   * A member starts, for the first time or again.
   *
   * @param member its index
   */
  record Start(int member) implements Move {
    @Override
    public String toString() {
      return "start " + member;
    }
  }

  /**
   * Time passes until the next timer or the last moment of an advert.
   *
   * @param nanos how long
   */
  record Pass(long nanos) implements Move {
    @Override
    public String toString() {
      return "pass " + Duration.ofNanos(nanos);
    }
  }
}

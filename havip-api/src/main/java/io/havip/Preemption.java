package io.havip;

import java.time.Duration;

/** Whether a BACKUP takes over from a live ACTIVE member of lower priority. */
public sealed interface Preemption {

  /** Takes over without delay (Preempt_Mode true, RFC 9568 section 6.1). */
  Preemption AT_ONCE = new After(Duration.ZERO);

  /**
   * Never takes over from a live member (Preempt_Mode false). The owner of an address preempts all
   * the same.
   */
  Preemption NEVER = new Never();

  /**
   * Takes over once a member of lower priority has been heard for some time.
   *
   * @param delay from the first advert of lower priority, not negative
   */
  record After(Duration delay) implements Preemption {

    /** Checks the range. */
    public After {
      Durations.requireDelay("a preemption delay", delay);
    }
  }

  /** Never takes over. */
  record Never() implements Preemption {}
}

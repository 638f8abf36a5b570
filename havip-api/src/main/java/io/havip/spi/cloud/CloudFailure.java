package io.havip.spi.cloud;

import java.time.Duration;
import java.util.Optional;

/**
 * A call that failed. No part of it contains a credential (C15).
 *
 * @param kind why, in a word
 * @param outcome what the call has changed nevertheless
 * @param operation what was tried, with its object: {@code describe 10.0.0.3}
 * @param message what the cloud said, with its error code and request id where there are any
 * @param advice what a person can do, or the empty string
 * @param retryAfter how long the cloud asks to wait; empty if it does not tell
 */
public record CloudFailure(
    CloudFailureKind kind,
    CallOutcome outcome,
    String operation,
    String message,
    String advice,
    Optional<Duration> retryAfter) {

  /** Checks that the time to wait is not negative. */
  public CloudFailure {
    if (retryAfter.isPresent() && retryAfter.get().isNegative()) {
      throw new IllegalArgumentException("a time to wait must not be negative: " + retryAfter);
    }
  }

  /**
   * A failure without a time to wait.
   *
   * @param kind why, in a word
   * @param outcome what the call has changed nevertheless
   * @param operation what was tried, with its object
   * @param message what the cloud said
   * @param advice what a person can do, or the empty string
   * @return the failure
   */
  public static CloudFailure of(
      CloudFailureKind kind, CallOutcome outcome, String operation, String message, String advice) {
    return new CloudFailure(kind, outcome, operation, message, advice, Optional.empty());
  }

  /**
   * {@return the same with a time to wait}
   *
   * @param wait how long the cloud asks to wait
   */
  public CloudFailure after(Duration wait) {
    return new CloudFailure(kind, outcome, operation, message, advice, Optional.of(wait));
  }

  /** {@return whether the same call may work soon without anybody's help} */
  public boolean retryable() {
    return kind.retryable();
  }

  /** {@return one sentence: what failed, why, whether it may have worked, and what to do} */
  public String describe() {
    String doubt = outcome == CallOutcome.UNKNOWN ? " (it may have taken effect)" : "";
    String help = advice.isEmpty() ? "" : "; " + advice;
    return operation + " failed: " + kind + ": " + message + doubt + help;
  }
}

package io.havip.testkit.cloud;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailureKind;
import java.time.Duration;
import java.util.Optional;

/**
 * A call as its caller saw it end.
 *
 * @param made when it was made, virtual time
 * @param ended when it ended, virtual time
 * @param member who made it
 * @param operation what it was
 * @param address the address it was about
 * @param failure why it failed; empty if it did not
 * @param outcome what a failed call changed as far as the caller was told; {@link
 *     CallOutcome#APPLIED} if it did not fail
 */
public record CloudRequest(
    Duration made,
    Duration ended,
    String member,
    Operation operation,
    IpAddress address,
    Optional<CloudFailureKind> failure,
    CallOutcome outcome) {

  /**
   * A call at the moment at which it is made.
   *
   * @param at when, virtual time
   * @param member who makes it
   * @param operation what it is
   */
  public record Made(Duration at, String member, Operation operation) {}

  /** What was called. */
  public enum Operation {
    /** A look. */
    DESCRIBE,
    /** A takeover. */
    TAKEOVER,
    /** A relinquishment. */
    RELINQUISH
  }
}

package io.havip.testkit.wsfc;

import io.havip.net.IpAddress;
import org.jspecify.annotations.Nullable;

/** One vote, and whom it is lent to. Times are monotonic nanoseconds of the voter. */
final class Vote {

  private final long lease;
  private @Nullable IpAddress lentTo;
  private long until;

  /** A voter that starts may have lent its vote before, and has forgotten it: it waits a lease. */
  Vote(long now, long lease) {
    this.lease = lease;
    until = now + lease;
  }

  /** Lends the vote to a candidate, or goes on lending it. */
  boolean lend(IpAddress candidate, long now) {
    if (!candidate.equals(lentTo) && !isFree(now)) {
      return false;
    }
    lentTo = candidate;
    until = now + lease;
    return true;
  }

  /** The candidate needs it no more. */
  void giveBack(IpAddress candidate, long now) {
    if (candidate.equals(lentTo)) {
      lentTo = null;
      until = now;
    }
  }

  boolean isLentTo(IpAddress candidate) {
    return candidate.equals(lentTo);
  }

  boolean isFree(long now) {
    return now - until >= 0;
  }

  /** How long it has been free; negative while it is lent. */
  long freeFor(long now) {
    return now - until;
  }
}

package io.havip.core.node;

/** Lets the first thing through, and then at most one in ten seconds. */
final class RateLimit {

  private static final long QUIET_NANOS = 10_000_000_000L;

  private boolean begun;
  private long lastAt;

  /** Whether something that happens now may pass; counts as passed if so. */
  boolean passes(long now) {
    if (begun && now - lastAt < QUIET_NANOS) {
      return false;
    }
    begun = true;
    lastAt = now;
    return true;
  }
}

package io.havip.testkit.vpc;

/** Lets a burst through and then so many a second. */
final class TokenBucket {

  private static final double NANOS = 1e9;

  private double tokens;
  private long last;

  TokenBucket(int burst, long now) {
    tokens = burst;
    last = now;
  }

  boolean take(int burst, int perSecond, long now) {
    tokens = Math.min(burst, tokens + (now - last) * perSecond / NANOS);
    last = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}

package io.havip.tencent.client;

/**
 * Bounds how many requests are repeats: when the API fails for everything, repeating everything
 * three times makes it worse. A repeat costs one, an answer earns a tenth.
 */
final class RetryBudget {

  private static final int FULL = 100;
  private static final int COST = 10;

  private int tenths = FULL;

  synchronized boolean take() {
    if (tenths < COST) {
      return false;
    }
    tenths -= COST;
    return true;
  }

  synchronized void earn() {
    tenths = Math.min(FULL, tenths + 1);
  }
}

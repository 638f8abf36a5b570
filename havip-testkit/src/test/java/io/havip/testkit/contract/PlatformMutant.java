package io.havip.testkit.contract;

import io.havip.spi.Platform;
import java.util.function.UnaryOperator;

/**
 * A broken platform.
 *
 * @param contract the contract whose test must notice
 * @param test the name of that test
 * @param what what it does wrong
 * @param broken breaks it
 */
record PlatformMutant(
    Class<? extends SeamContract> contract,
    String test,
    String what,
    UnaryOperator<Platform> broken) {
  @Override
  public String toString() {
    return test + ": " + what;
  }
}

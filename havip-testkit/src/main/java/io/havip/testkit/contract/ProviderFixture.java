package io.havip.testkit.contract;

import io.havip.spi.FenceOptions;
import io.havip.spi.PlatformProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What the {@link PlatformProviderContract} needs: a provider where it works, and if possible where
 * it does not. Made anew for each test.
 */
public interface ProviderFixture extends AutoCloseable {

  /**
   * {@return the provider that is tested, the same at each call, in an environment in which it can
   * open two platforms}
   */
  PlatformProvider provider();

  /**
   * {@return the same provider in an environment that lacks something it needs; empty if the
   * fixture cannot make one, and then the rules about it are skipped}
   */
  Optional<PlatformProvider> lacking();

  /** {@return fences with which it can open} */
  FenceOptions fences();

  /** {@return whether the loop of its platforms has a thread of its own} */
  boolean threads();

  /** {@return longest time that {@link PlatformProvider#availability} may take, in real time} */
  Duration patience();

  /**
   * Lets time pass until a condition is true.
   *
   * @param what names it
   * @param condition must not change anything
   * @throws AssertionError if it does not become true in a reasonable time
   */
  void await(String what, BooleanSupplier condition);

  /** Ends everything that a test has left open. */
  @Override
  void close();
}

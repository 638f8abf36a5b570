package io.havip.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.Platform;
import io.havip.testkit.contract.PlatformFixture.Ability;
import io.havip.testkit.contract.PlatformFixture.Host;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What the contracts of a platform's seams have in common. The author of a platform extends each
 * contract and supplies a {@link PlatformFixture}; what the fixture cannot do, or the platform does
 * not declare, is skipped and says so.
 *
 * <p>A test that takes longer than two minutes is interrupted and fails.
 */
@Timeout(120)
public abstract class SeamContract {

  /** A name that no interface has. */
  static final String MISSING = "havip-none";

  private @Nullable PlatformFixture fixture;

  SeamContract() {}

  /** {@return two hosts on a link, with nothing on them that a test could have left} */
  protected abstract PlatformFixture fixture();

  /** Prepares a test. */
  @BeforeEach
  public void open() {
    fixture = fixture();
  }

  /** Ends a test. */
  @AfterEach
  public void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  final PlatformFixture env() {
    if (fixture == null) {
      throw new IllegalStateException("open() has not been called");
    }
    return fixture;
  }

  /** The platform that is tested. */
  final Platform platform() {
    return env().platform(Host.FIRST);
  }

  final String eth() {
    return env().interfaceName();
  }

  final void needs(Ability ability) {
    assumeTrue(env().abilities().contains(ability), () -> "the fixture lacks " + ability);
  }

  /** Runs on the loop of the platform that is tested. */
  final <T> T call(Supplier<T> code) {
    return env().call(Host.FIRST, code);
  }

  final void run(Host host, Runnable code) {
    boolean unused =
        env()
            .call(
                host,
                () -> {
                  code.run();
                  return true;
                });
  }

  final void run(Runnable code) {
    run(Host.FIRST, code);
  }

  final void await(String what, BooleanSupplier condition) {
    env().await(what, condition);
  }

  final Duration settleTime() {
    return env().bounds().settle();
  }

  /** Lets everything happen that is under way. */
  final void settle() {
    env().pass(settleTime());
  }

  final long now() {
    return platform().timers().now();
  }

  /** Any address family that the hosts have, for what does not depend on it. */
  final IpFamily anyFamily() {
    return env().families().iterator().next();
  }

  /** Whether a host answers for an address, as the second host finds out. */
  final boolean answered(IpAddress address) {
    Platform asking = env().platform(Host.SECOND);
    AtomicReference<@Nullable Boolean> end = new AtomicReference<>();
    run(
        Host.SECOND,
        () ->
            asking
                .announcer()
                .probe(eth(), address, asking.timers().now() + settleTime().toNanos(), end::set));
    await("the end of the question who has " + address, () -> end.get() != null);
    return Boolean.TRUE.equals(end.get());
  }
}

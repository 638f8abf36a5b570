package io.havip.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.Fencing;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.Outcome;
import io.havip.testkit.contract.PlatformFixture.Ability;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of {@link Fencing}. */
public abstract class FencingContract extends SeamContract {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** For subclasses. */
  protected FencingContract() {}

  private VirtualAddress address() {
    return env().freeAddress(anyFamily());
  }

  private Guard guard(VirtualAddress address) {
    GuardedRouter router =
        new GuardedRouter("contract", eth(), List.of(address), INTERVAL, PATIENCE, List.of());
    return call(() -> platform().fencing().guard(router, () -> {}));
  }

  /** An open guard and its address on the host. */
  private Guard held(VirtualAddress address) {
    Guard guard = guard(address);
    assertEquals(
        Outcome.DONE,
        call(() -> {
          guard.renew();
          return platform().addresses().add(eth(), address);
        }));
    return guard;
  }

  private static Optional<Duration> exitBound(Fence fence) {
    return switch (fence) {
      case Fence.None() -> Optional.empty();
      case Fence.OnExit(Duration exit) -> Optional.of(exit);
      case Fence.OnExitAndStall(Duration exit, Duration stalled) -> Optional.of(exit);
    };
  }

  /** The fence does not outlast its bound when the process dies. */
  @Test
  public void f1_theHostIsSilentWithinTheBoundAfterTheDeathOfTheProcess() {
    needs(Ability.KILL);
    VirtualAddress address = address();
    Guard guard = held(address);
    Optional<Duration> bound = call(() -> exitBound(guard.fence()));
    assumeTrue(bound.isPresent(), "the platform declares no fence");
    env().kill();
    env().pass(bound.orElseThrow().plus(env().bounds().late()));
    assertFalse(answered(address.address()), "the address outlived its process");
  }

  /** Nor when the loop stalls. */
  @Test
  public void f2_theHostIsSilentWithinTheBoundWhenTheLoopStalls() {
    needs(Ability.STALL);
    for (IpFamily family : env().families()) {
      VirtualAddress address = env().freeAddress(family);
      Guard guard = held(address);
      Fence fence = call(guard::fence);
      assumeTrue(
          fence instanceof Fence.OnExitAndStall, "the platform declares no fence for stalls");
      Duration bound = ((Fence.OnExitAndStall) fence).stallBound();
      env()
          .stall(
              () -> guard.renew(),
              () -> {
                env().pass(bound.plus(env().bounds().late()));
                assertFalse(answered(address.address()), "a stalled process keeps the address");
              });
    }
  }
}

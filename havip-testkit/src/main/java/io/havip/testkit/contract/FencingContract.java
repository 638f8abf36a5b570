package io.havip.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
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

  private GuardedRouter router(VirtualAddress address, Duration patience) {
    return new GuardedRouter("contract", eth(), List.of(address), INTERVAL, patience, List.of());
  }

  private Guard guard(VirtualAddress address) {
    return call(() -> platform().fencing().guard(router(address, PATIENCE), () -> {}));
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

  private static Optional<Duration> stallBound(Fence fence) {
    return fence instanceof Fence.OnExitAndStall(Duration exit, Duration stalled)
        ? Optional.of(stalled)
        : Optional.empty();
  }

  /** The fence does not outlast its bound when the process dies. */
  @Test
  public void f1_theHostIsSilentWithinTheBoundAfterTheDeathOfTheProcess() {
    needs(Ability.KILL);
    for (IpFamily family : env().families()) {
      VirtualAddress address = env().freeAddress(family);
      Optional<Duration> bound = exitBound(env().holdInMortalProcess(router(address, PATIENCE)));
      assumeTrue(bound.isPresent(), "the platform declares no fence");
      assertTrue(answered(address.address()), "the host does not answer for what is held");
      env().kill();
      env().pass(bound.orElseThrow().plus(env().bounds().late()));
      assertFalse(answered(address.address()), "the address outlived its process");
    }
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

  /** Renewal in time keeps the host answering, far longer than the bound of one renewal. */
  @Test
  public void f3_theHostAnswersAsLongAsTheLoopRenews() {
    VirtualAddress address = address();
    Guard guard = held(address);
    Duration bound = call(() -> stallBound(guard.fence())).orElse(PATIENCE);
    for (int quarter = 0; quarter < 6; quarter++) {
      run(guard::renew);
      assertTrue(answered(address.address()), "silent although it was renewed in time");
      env().pass(bound.dividedBy(4));
    }
  }

  /** Nothing of an open guard is lost when the router is configured anew. */
  @Test
  public void f4_anOpenGuardStaysOpenWhenItIsUpdated() {
    VirtualAddress address = address();
    Guard guard = held(address);
    run(() -> guard.update(router(address, PATIENCE.multipliedBy(2))));
    assertTrue(answered(address.address()), "an update silences the address");
    run(guard::renew);
    assertTrue(answered(address.address()), "a guard that was updated cannot be renewed");
  }

  /** A guard that was shut opens again with the next advert. */
  @Test
  public void f5_aRenewalOpensAGuardThatWasShut() {
    VirtualAddress address = address();
    Guard guard = held(address);
    run(() -> {
      guard.shut();
      guard.shut();
      guard.renew();
    });
    assertTrue(answered(address.address()), "the guard stays shut");
  }

  /** Nothing of a guard stays on the host, however often it is closed. */
  @Test
  public void f6_aClosedGuardLeavesNothingOnTheHost() {
    VirtualAddress address = address();
    Guard guard = held(address);
    run(() -> {
      guard.shut();
      guard.close();
      guard.close();
    });
    assertTrue(answered(address.address()), "what a guard left silences an address of the host");
  }

  /** Silence does not wait for the address to be taken off. */
  @Test
  public void f7_theHostIsSilentAboutABoundAddressOnceTheGuardIsShut() {
    needs(Ability.GATE);
    for (IpFamily family : env().families()) {
      VirtualAddress address = env().freeAddress(family);
      Guard guard = held(address);
      assertTrue(answered(address.address()), "an open guard silences the address");
      run(guard::shut);
      assertFalse(answered(address.address()), "the host answers for what is shut");
      run(guard::close);
      assertEquals(Outcome.DONE, call(() -> platform().addresses().remove(eth(), address)));
    }
  }
}

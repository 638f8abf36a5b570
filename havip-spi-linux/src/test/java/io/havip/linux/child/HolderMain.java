package io.havip.linux.child;

import io.havip.linux.LinuxPlatformProvider;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.FenceOptions;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.PlatformOptions;
import io.havip.spi.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Holds an address under guard until it is killed, and says within which time after that its host
 * is silent.
 */
public final class HolderMain {

  private HolderMain() {}

  /** Needs the interface, the address, the interval of renewals and the patience of the peers. */
  public static void main(String[] arguments) throws InterruptedException {
    VirtualAddress address = VirtualAddress.parse(arguments[1]);
    GuardedRouter router =
        new GuardedRouter(
            "held",
            arguments[0],
            List.of(address),
            Duration.parse(arguments[2]),
            Duration.parse(arguments[3]),
            List.of());
    Platform platform =
        new LinuxPlatformProvider().open(new PlatformOptions("holder", FenceOptions.BEST));
    platform.execute(() -> hold(platform, router));
    Thread.currentThread().join();
  }

  private static void hold(Platform platform, GuardedRouter router) {
    Guard guard = platform.fencing().guard(router, () -> System.out.println("resigned"));
    AtomicReference<Timers.Deadline> next = new AtomicReference<>();
    next.set(
        platform
            .timers()
            .newDeadline(() -> {
              guard.renew();
              next.get().arm(platform.timers().now() + router.interval().toNanos());
            }));
    guard.renew();
    next.get().arm(platform.timers().now() + router.interval().toNanos());
    Outcome added = platform.addresses().add(router.interfaceName(), router.addresses().getFirst());
    String bound =
        switch (guard.fence()) {
          case Fence.None() -> "without a fence";
          case Fence.OnExit(Duration exit) -> exit.toString();
          case Fence.OnExitAndStall(Duration exit, Duration stalled) -> exit.toString();
        };
    System.out.println(added instanceof Outcome.Done ? "held " + bound : added.toString());
  }
}

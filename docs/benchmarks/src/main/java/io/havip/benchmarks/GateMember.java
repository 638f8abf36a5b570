package io.havip.benchmarks;

import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.FenceOptions;
import io.havip.spi.FenceOptions.Use;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.PlatformOptions;
import io.havip.spi.PlatformProvider;
import io.havip.spi.Timers;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds an address and renews its fence much more often than a router of its advert interval would,
 * or does nothing as often. Prints five times a second how often it has renewed, and each span in
 * which the address was perhaps shut because a renewal came late.
 */
final class GateMember {

  private final Platform platform;
  private final Guard guard;
  private final Timers.Deadline deadline;
  private final long period;
  private final long sure;
  private long last;
  private long shutFrom;
  private final AtomicLong renewals = new AtomicLong();

  private GateMember(Platform platform, VirtualAddress address, Duration interval, long period) {
    this.platform = platform;
    this.period = period;
    // Three intervals, and no skew worth mentioning: a peer of priority 254.
    GuardedRouter router =
        new GuardedRouter(
            "gate", "eth0", List.of(address), interval, interval.multipliedBy(3), List.of());
    guard = platform.fencing().guard(router, () -> {});
    guard.renew();
    sure = sure(guard.fence(), router);
    last = platform.timers().now();
    if (platform.addresses().add("eth0", address) instanceof Outcome.Failed failed) {
      throw new IllegalStateException(failed.describe());
    }
    deadline = platform.timers().newDeadline(this::renew);
    renew();
  }

  /** For how long an address is open for sure: two turns of the kernel's clock less, and 1 ms. */
  private static long sure(Fence fence, GuardedRouter router) {
    if (!(fence instanceof Fence.OnExitAndStall held)) {
      return Long.MAX_VALUE;
    }
    long millisecond = 1_000_000;
    long bound = held.stallBound().toNanos();
    long patience = router.patience().toNanos();
    long turn = patience - patience / 1000 - millisecond - bound;
    return bound - 2 * turn - millisecond;
  }

  /** The kernel is told at the end of the turn, so what was shut is open at the next one. */
  private void renew() {
    long now = platform.timers().now();
    if (shutFrom != 0) {
      System.out.println("late " + shutFrom + " " + now);
    }
    shutFrom = now - last > sure ? last + sure : 0;
    guard.renew();
    last = now;
    renewals.incrementAndGet();
    deadline.arm(now + period);
  }

  /**
   * Runs until it is killed.
   *
   * @param args the address, {@code fence} or {@code none}, the advert interval and the time
   *     between renewals, both in milliseconds
   * @throws InterruptedException never
   */
  public static void main(String[] args) throws InterruptedException {
    FenceOptions fences =
        args[1].equals("fence")
            ? new FenceOptions(Use.AUTO, Use.REQUIRED, Use.OFF)
            : FenceOptions.NONE;
    Platform platform =
        ServiceLoader.load(PlatformProvider.class)
            .findFirst()
            .orElseThrow()
            .open(new PlatformOptions("gate", fences));
    VirtualAddress address = VirtualAddress.parse(args[0] + "/32");
    Duration interval = Duration.ofMillis(Long.parseLong(args[2]));
    long period = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[3]));
    GateMember member =
        CompletableFuture.supplyAsync(
                () -> new GateMember(platform, address, interval, period), platform::execute)
            .join();
    while (true) {
      TimeUnit.MILLISECONDS.sleep(200);
      System.out.println("renewals " + member.renewals);
    }
  }
}

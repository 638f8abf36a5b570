package io.havip.benchmarks;

import io.havip.net.IpAddress;
import io.havip.spi.FenceOptions;
import io.havip.spi.Platform;
import io.havip.spi.PlatformOptions;
import io.havip.spi.PlatformProvider;
import io.havip.spi.Timers;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks all the time who has an address, past the neighbour table. Prints five times a second how
 * often, and when it asked in vain.
 */
final class ArpAsker {

  /** So short that there is one question and no second one. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(1);

  private final Platform platform;
  private final IpAddress address;
  private final long period;
  private final Timers.Deadline next;
  private final AtomicLong asked = new AtomicLong();

  private ArpAsker(Platform platform, IpAddress address, long period) {
    this.platform = platform;
    this.address = address;
    this.period = period;
    next = platform.timers().newDeadline(this::ask);
  }

  private void ask() {
    long now = platform.timers().now();
    platform
        .announcer()
        .probe(
            "eth0",
            address,
            now + PATIENCE,
            answered -> {
              asked.incrementAndGet();
              if (!answered) {
                System.out.println("lost " + now + " " + (now + PATIENCE));
              }
            });
    next.arm(now + period);
  }

  /**
   * Runs until it is killed.
   *
   * @param args the address, and the time between questions in milliseconds
   * @throws InterruptedException never
   */
  public static void main(String[] args) throws InterruptedException {
    Platform platform =
        ServiceLoader.load(PlatformProvider.class)
            .findFirst()
            .orElseThrow()
            .open(new PlatformOptions("asker", FenceOptions.NONE));
    ArpAsker asker =
        new ArpAsker(
            platform,
            IpAddress.parse(args[0]),
            TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[1])));
    platform.execute(asker::ask);
    while (true) {
      TimeUnit.MILLISECONDS.sleep(200);
      System.out.println("asked " + asker.asked);
    }
  }
}

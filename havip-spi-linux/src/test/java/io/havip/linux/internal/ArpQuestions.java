package io.havip.linux.internal;

import io.havip.net.IpAddress;
import io.havip.spi.Timers;
import io.havip.testkit.lab.LabHost;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks by ARP who has an address, the next time as soon as there was an answer. A question that is
 * lost is asked again after a third of the patience, and so is known by the time it took.
 */
final class ArpQuestions implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long PAUSE = 2_000_000;

  private final Member member;
  private final IpAddress address;
  private final Timers.Deadline next;
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();

  ArpQuestions(Member member, IpAddress address) {
    this.member = member;
    this.address = address;
    next = member.call(() -> member.platform.timers().newDeadline(this::ask));
    member.run(this::ask);
  }

  private void ask() {
    Timers timers = member.platform.timers();
    long began = timers.now();
    member
        .platform
        .announcer()
        .probe(
            LabHost.INTERFACE,
            address,
            began + PATIENCE.toNanos(),
            answered -> {
              asked.incrementAndGet();
              if (!answered || timers.now() - began >= PATIENCE.dividedBy(3).toNanos()) {
                lost.incrementAndGet();
              }
              next.arm(timers.now() + PAUSE);
            });
  }

  /** How many questions have ended. */
  int asked() {
    return asked.get();
  }

  /** To how many of them the first answer did not come. */
  int lost() {
    return lost.get();
  }

  @Override
  public void close() {
    member.run(next::disarm);
  }
}

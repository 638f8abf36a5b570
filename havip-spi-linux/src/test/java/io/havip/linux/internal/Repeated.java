package io.havip.linux.internal;

import io.havip.spi.Timers;
import java.util.concurrent.atomic.AtomicLong;

/** Work that a member's loop does again and again, until this is closed. */
final class Repeated implements AutoCloseable {

  private final Member member;
  private final Timers.Deadline deadline;
  private final AtomicLong times = new AtomicLong();

  Repeated(Member member, long everyMillis, Runnable work) {
    this.member = member;
    deadline =
        member.call(() -> {
          Timers timers = member.platform.timers();
          Timers.Deadline[] self = new Timers.Deadline[1];
          self[0] =
              timers.newDeadline(() -> {
                work.run();
                times.incrementAndGet();
                self[0].arm(timers.now() + everyMillis * 1_000_000);
              });
          self[0].arm(timers.now());
          return self[0];
        });
  }

  long times() {
    return times.get();
  }

  @Override
  public void close() {
    member.run(deadline::disarm);
  }
}

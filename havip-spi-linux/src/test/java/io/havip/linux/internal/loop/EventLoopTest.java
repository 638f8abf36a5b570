package io.havip.linux.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.spi.PlatformException;
import io.havip.spi.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the loop promises without any network; needs no privilege. */
@EnabledOnOs(OS.LINUX)
class EventLoopTest {

  private static final long MILLI = 1_000_000;

  private static final class Tenant implements EventLoop.Tenant {
    final List<String> calls = new ArrayList<>();
    RuntimeException refusal;

    @Override
    public void open(EventLoop loop) {
      calls.add("open");
      if (refusal != null) {
        throw refusal;
      }
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  @Test
  void tenantIsOpenedFirstAndClosedLast() {
    Tenant tenant = new Tenant();
    EventLoop loop = new EventLoop("havip-test", Thread::new, tenant);
    loop.start();
    loop.execute(() -> tenant.calls.add("task"));
    loop.stop(Duration.ofSeconds(5));
    assertThat(tenant.calls).containsExactly("open", "task", "close");
  }

  @Test
  void refusalOfTheTenantIsThrownByStartWithItsMessage() {
    Tenant tenant = new Tenant();
    tenant.refusal = new PlatformException("no privilege; do this");
    EventLoop loop = new EventLoop("havip-test", Thread::new, tenant);
    assertThatThrownBy(loop::start)
        .isInstanceOf(PlatformException.class)
        .hasMessage("no privilege; do this");
    loop.stop(Duration.ofSeconds(5));
    assertThat(tenant.calls).containsExactly("open", "close");
  }

  @Test
  void timerWakesASleepingLoopAndNeverEarly() throws Exception {
    EventLoop loop = new EventLoop("havip-test", Thread::new, new Tenant());
    loop.start();
    LinkedBlockingQueue<Long> early = new LinkedBlockingQueue<>();
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    loop.execute(() -> {
      Timers.Deadline[] deadline = new Timers.Deadline[1];
      long[] at = new long[2];
      deadline[0] =
          loop.newDeadline(() -> {
            if (loop.now() < at[0]) {
              early.add(at[0] - loop.now());
            }
            if (++at[1] == 100) {
              done.complete(true);
            } else {
              at[0] = loop.now() + MILLI;
              deadline[0].arm(at[0]);
            }
          });
      at[0] = loop.now() + MILLI;
      deadline[0].arm(at[0]);
    });
    assertThat(done.get(10, TimeUnit.SECONDS)).isTrue();
    loop.stop(Duration.ofSeconds(5));
    assertThat(early).isEmpty();
  }

  @Test
  void deadlineWithoutEndIsNeverDue() throws Exception {
    EventLoop loop = new EventLoop("havip-test", Thread::new, new Tenant());
    loop.start();
    LinkedBlockingQueue<String> fired = new LinkedBlockingQueue<>();
    loop.execute(() -> loop.newDeadline(() -> fired.add("never")).arm(Long.MAX_VALUE, MILLI));
    loop.execute(() -> loop.newDeadline(() -> fired.add("soon")).arm(loop.now() + 5 * MILLI));
    assertThat(fired.poll(10, TimeUnit.SECONDS)).isEqualTo("soon");
    loop.stop(Duration.ofSeconds(5));
    assertThat(fired).isEmpty();
  }

  @Test
  void stoppedLoopDropsTasks() {
    Tenant tenant = new Tenant();
    EventLoop loop = new EventLoop("havip-test", Thread::new, tenant);
    loop.start();
    loop.stop(Duration.ofSeconds(5));
    loop.execute(() -> tenant.calls.add("task"));
    loop.stop(Duration.ofSeconds(5));
    assertThat(tenant.calls).containsExactly("open", "close");
  }
}

package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.VirtualRouterConfig;
import io.havip.net.VirtualAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PunctualityTest {

  private static final long MILLI = 1_000_000;

  private final SlowHost host = new SlowHost();
  private final List<HavipEvent> published = new ArrayList<>();

  private Punctuality start(Duration interval) {
    Events events = new Events(Runnable::run, host, List.of());
    events.tap(published::add);
    Punctuality punctuality = new Punctuality(config(interval), host, events);
    punctuality.start();
    return punctuality;
  }

  private static HavipConfig config(Duration interval) {
    return HavipConfig.of(
        VirtualRouterConfig.builder("web")
            .interfaceName("eth0")
            .vrid(51)
            .advertInterval(interval)
            .address(VirtualAddress.parse("172.17.16.3"))
            .build());
  }

  @Test
  void a_host_that_is_in_time_is_not_warned_of() {
    host.lateness = MILLI;
    Punctuality punctuality = start(Duration.ofMillis(10));
    host.run(Duration.ofSeconds(60));

    assertThat(published).isEmpty();
    assertThat(punctuality.snapshot().worst()).isEqualTo(Duration.ofMillis(1));
    assertThat(punctuality.snapshot().shortestInterval()).isEqualTo(Duration.ofMillis(10));
    assertThat(punctuality.snapshot().samples()).isGreaterThan(500);
  }

  @Test
  void the_start_tells_of_an_interval_that_is_too_short_for_this_host() {
    host.lateness = 45 * MILLI;
    Punctuality punctuality = start(Duration.ofMillis(10));
    host.run(Duration.ofMillis(1_950));
    assertThat(published).as("the probe is not over").isEmpty();

    host.run(Duration.ofMillis(300));
    assertThat(published).singleElement().isInstanceOf(HavipEvent.Warning.class);
    assertThat(published.getFirst().describe())
        .contains("45.0 ms late", "web", "interval of 50 ms");
    assertThat(punctuality.snapshot().shortestInterval()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void later_lateness_is_told_when_it_matters_and_again_when_it_has_doubled() {
    start(Duration.ofMillis(100));
    host.run(Duration.ofSeconds(10));
    host.lateness = 90 * MILLI;
    host.run(Duration.ofSeconds(10));
    assertThat(published).as("leaves room at 100 ms").isEmpty();

    host.lateness = 150 * MILLI;
    host.run(Duration.ofSeconds(10));
    assertThat(published).hasSize(1);
    host.lateness = 290 * MILLI;
    host.run(Duration.ofSeconds(10));
    assertThat(published).as("not doubled").hasSize(1);
    host.lateness = 310 * MILLI;
    host.run(Duration.ofSeconds(10));
    assertThat(published).hasSize(2);
  }

  @Test
  void deadlines_of_routers_count_and_another_configuration_is_judged_anew() {
    Punctuality punctuality = start(Duration.ofSeconds(1));
    punctuality.served(0, 400 * MILLI);
    host.run(Duration.ofSeconds(10));
    assertThat(punctuality.snapshot().worst()).isEqualTo(Duration.ofMillis(400));
    assertThat(published).isEmpty();

    punctuality.reconfigure(config(Duration.ofMillis(100)));
    host.run(Duration.ofSeconds(10));
    assertThat(published).hasSize(1);
  }

  @Test
  void after_the_end_nothing_is_measured() {
    Punctuality punctuality = start(Duration.ofMillis(100));
    host.run(Duration.ofSeconds(10));
    punctuality.stop();
    long samples = punctuality.snapshot().samples();
    host.run(Duration.ofSeconds(10));

    assertThat(punctuality.snapshot().samples()).isEqualTo(samples);
  }

  /** Serves its one deadline as late as it is told. */
  private static final class SlowHost implements TimersOnly {

    private long now;
    private long lateness;
    private long due = Long.MAX_VALUE;

    void run(Duration length) {
      long end = now + length.toNanos();
      while (due <= end) {
        now = due + lateness;
        pending.run();
      }
      now = Math.max(now, end);
    }

    private Runnable pending = () -> {};

    @Override
    public Deadline newDeadline(Runnable onDue) {
      pending =
          () -> {
            due = Long.MAX_VALUE;
            onDue.run();
          };
      return new Deadline() {
        @Override
        public void arm(long atNanos) {
          due = atNanos;
        }

        @Override
        public void disarm() {
          due = Long.MAX_VALUE;
        }
      };
    }

    @Override
    public long now() {
      return now;
    }
  }
}

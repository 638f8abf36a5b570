package io.havip.linux.internal.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.spi.GuardedRouter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTimingTest {

  private static final long MILLI = 1_000_000;
  private static final long JIFFY = 4 * MILLI;

  /** A router whose most eager peer has priority 254. */
  private static GateTiming timing(long intervalMillis, long jiffy) {
    long patience = intervalMillis * MILLI * (3 * 256 + 2) / 256;
    return GateTiming.of(
        new GuardedRouter(
            "r",
            "eth0",
            List.of(),
            Duration.ofMillis(intervalMillis),
            Duration.ofNanos(patience),
            List.of()),
        jiffy);
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 20, 50, 100, 1000, 40_950})
  void silenceComesBeforeThePeersAct(long interval) {
    GateTiming timing = timing(interval, JIFFY);
    assertThat(timing.possible()).isTrue();
    for (long delay = 0; delay < timing.boundNanos(); delay += timing.boundNanos() / 50) {
      long silentAt = delay + timing.timeoutMillis(0, delay) * MILLI;
      assertThat(silentAt + JIFFY).isLessThan(interval * MILLI * 770 / 256);
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 1.9", "20, 2.3", "50, 2.7", "100, 2.8", "1000, 2.95"})
  void openAddressesOutliveTheInterval(long interval, double intervals) {
    GateTiming timing = timing(interval, JIFFY);
    long sure = timing.sureUntil(0, timing.timeoutMillis(0, 0));
    assertThat(sure).isGreaterThan((long) (intervals * interval * MILLI));
  }

  @Test
  void aSlowKernelClockLeavesNoRoomForTheFastestAdverts() {
    assertThat(timing(10, 10 * MILLI).possible()).isFalse();
    assertThat(timing(20, 10 * MILLI).possible()).isTrue();
  }

  @Test
  void anOldAdvertOpensNothing() {
    GateTiming timing = timing(100, JIFFY);
    assertThat(timing.timeoutMillis(0, timing.boundNanos() - JIFFY + 1)).isZero();
    assertThat(timing.timeoutMillis(0, timing.boundNanos() + 1_000_000_000)).isZero();
    assertThat(timing.timeoutMillis(0, 0)).isEqualTo(timing.boundNanos() / MILLI);
  }

  @Test
  void aTransactionThatTookLongIsLate() {
    assertThat(GateTiming.late(0, MILLI / 2)).isFalse();
    assertThat(GateTiming.late(0, 2 * MILLI)).isTrue();
  }
}

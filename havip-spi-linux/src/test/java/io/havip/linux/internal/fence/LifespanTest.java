package io.havip.linux.internal.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.spi.GuardedRouter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifespanTest {

  private static GuardedRouter router(double interval) {
    Duration t = Duration.ofMillis((long) (interval * 1000));
    return new GuardedRouter(
        "r", "eth0", List.of(), t, t.multipliedBy(3).plus(t.dividedBy(128)), List.of());
  }

  @Test
  void theFloorOutlastsThePatienceOfThePeers() {
    assertThat(Lifespan.floor(router(0.01)).seconds()).isEqualTo(15);
    assertThat(Lifespan.floor(router(1)).seconds()).isEqualTo(15);
    assertThat(Lifespan.floor(router(40.95)).seconds()).isEqualTo(129);
  }

  @Test
  void asFenceForStallsItEndsBeforeThePeersAct() {
    for (double interval : new double[] {1, 1.5, 2, 10, 40.95}) {
      Lifespan span = Lifespan.fence(router(interval));
      assertThat(span.stall()).isTrue();
      assertThat(span.bound()).isLessThan(router(interval).patience());
      assertThat(span.seconds()).isGreaterThan((int) interval);
    }
    assertThat(Lifespan.fence(router(1)).seconds()).isEqualTo(2);
  }

  @Test
  void fastAdvertsLeaveNoRoomForWholeSeconds() {
    for (double interval : new double[] {0.01, 0.1, 0.5}) {
      assertThat(Lifespan.fence(router(interval))).isEqualTo(Lifespan.floor(router(interval)));
    }
  }

  @Test
  void aGateOutlastsTheAddress() {
    assertThat(LifetimeFence.guardMillis(router(1))).isEqualTo(30_000);
  }
}

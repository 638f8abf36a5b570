package io.havip.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.havip.Cause;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The watch is always on, so it must be cheap. */
class SelfWatchCostTest {

  private static final int TIMES = 50_000;
  private static final IpAddress PEER = IpAddress.parse("10.0.0.2");

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final SelfWatch watch =
      new SelfWatch(
          VirtualRouterConfig.builder("vr")
              .interfaceName("eth0")
              .vrid(7)
              .address("10.0.0.50/24")
              .build(),
          false,
          0,
          finding -> {
            throw new AssertionError(finding);
          });

  private double bytesEach(Runnable one) {
    for (int i = 0; i < TIMES; i++) {
      one.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < TIMES; i++) {
      one.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / (double) TIMES;
  }

  @Test
  void anOwnAdvertAllocatesNothing() {
    watch.changed(0, RouterState.BACKUP, RouterState.ACTIVE, 100, new Cause.Started());

    assertThat(bytesEach(() -> watch.sent(0, 100))).isLessThan(1);
  }

  /** The sighting, and nothing in proportion to the group or to the time. */
  @Test
  void aHeardAdvertAllocatesOneSmallObject() {
    watch.changed(0, RouterState.INITIALIZE, RouterState.BACKUP, 100, new Cause.Started());
    long[] now = {0};

    double bytes =
        bytesEach(() -> {
          now[0] += 1_000_000_000L;
          watch.heard(now[0], now[0], PEER, 150, 1_000_000_000L);
          watch.due(now[0]);
        });

    assertThat(bytes).isLessThan(150);
  }
}

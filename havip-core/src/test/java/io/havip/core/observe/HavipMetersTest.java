package io.havip.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipListener;
import io.havip.HavipNode;
import io.havip.NodeSnapshot;
import io.havip.Reconfiguration;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.wire.RefusalReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HavipMetersTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).functionCounter().count();
  }

  @Test
  void aRouterHasItsMeters() {
    new HavipMeters(new Shown()).bindTo(registry);

    assertThat(gauge("havip.router.state", "router", "vr", "state", "ACTIVE")).isEqualTo(1);
    assertThat(gauge("havip.router.state", "router", "vr", "state", "FAULT")).isZero();
    assertThat(gauge("havip.router.priority", "node", "havip")).isEqualTo(90);
    assertThat(gauge("havip.router.holding")).isEqualTo(1);
    assertThat(count("havip.adverts.sent")).isEqualTo(1);
    assertThat(count("havip.late.wakes")).isEqualTo(8);
    assertThat(count("havip.properties.violated")).isEqualTo(5);
    assertThat(count("havip.packets.refused", "reason", "bad-checksum")).isEqualTo(3);
    assertThat(count("havip.packets.refused", "reason", "auth-failed")).isZero();
  }

  /** A scrape reads dozens of meters, and the loop has other things to do. */
  @Test
  void aScrapeTakesOneSnapshot() {
    Shown node = new Shown();
    new HavipMeters(node).bindTo(registry);

    registry.getMeters().forEach(meter -> meter.measure().forEach(m -> m.getValue()));

    assertThat(registry.getMeters()).hasSizeGreaterThan(40);
    assertThat(node.taken).isEqualTo(1);
  }

  /** A node that shows one snapshot. */
  private static final class Shown implements HavipNode {

    private int taken;

    @Override
    public HavipConfig config() {
      return HavipConfig.of(
          VirtualRouterConfig.builder("vr")
              .interfaceName("eth0")
              .vrid(7)
              .address("10.0.0.50/24")
              .build());
    }

    @Override
    public NodeSnapshot snapshot() {
      taken++;
      IpAddress peer = IpAddress.parse("10.0.0.2");
      RouterSnapshot router =
          new RouterSnapshot(
              "vr",
              "eth0",
              7,
              List.of(IpAddress.parse("10.0.0.50")),
              RouterState.ACTIVE,
              Instant.EPOCH,
              new Cause.Started(),
              90,
              100,
              List.of(),
              Optional.empty(),
              Duration.ofSeconds(3),
              new RouterSnapshot.Timers(
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()),
              true,
              new Fence.None(),
              List.of(),
              new RouterSnapshot.Counters(1, 2, 3, 4, 5, 6, 7, 8, 9),
              List.of(
                  new RouterSnapshot.RefusalCount(
                      peer, RefusalReason.BAD_CHECKSUM, 3, Instant.EPOCH, "bad")),
              List.of(),
              List.of(),
              List.of(new RouterSnapshot.Violation("S8", 5, Instant.EPOCH, "stays")));
      return new NodeSnapshot(
          "havip",
          "nowhere",
          new HavipEvent.At(Instant.EPOCH, 0),
          List.of(router),
          List.of(),
          List.of(),
          new NodeSnapshot.Timing(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    @Override
    public Reconfiguration apply(HavipConfig next) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void addListener(HavipListener listener) {}

    @Override
    public void close() {}
  }
}

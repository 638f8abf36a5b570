package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RehearsalTest {

  private static final Link ETH0 =
      new Link(
          "eth0",
          2,
          MacAddress.parse("02:00:00:00:00:01"),
          true,
          false,
          1500,
          List.of(
              new Link.LinkAddress(IpAddress.parse("172.17.16.7"), 24),
              new Link.LinkAddress(IpAddress.parse("fe80::7"), 64)));

  static final LinkMonitor HOST =
      new LinkMonitor() {
        @Override
        public Optional<Link> find(String interfaceName) {
          return Optional.of(ETH0).filter(l -> l.name().equals(interfaceName));
        }

        @Override
        public Watch watch(String interfaceName, LinkListener listener) {
          throw new AssertionError("a rehearsal must not watch the host");
        }
      };

  @Test
  void everyPartOfATakeoverIsPlayedInMulticastAndUnicastAndBothFamilies() {
    for (VirtualRouterConfigBuilder group :
        List.of(
            group("172.17.16.3"),
            group("172.17.16.3").unicast("172.17.16.7", "172.17.16.13"),
            group("fe80::3"))) {
      List<RouterSnapshot> ends = Rehearsal.of(group.build(), HOST).play();

      assertThat(ends).extracting(e -> e.counters().resignationsAccepted()).containsExactly(0L, 1L);
      assertThat(ends).extracting(e -> e.counters().advertsAccepted()).containsExactly(2L, 3L);
      for (RouterSnapshot end : ends) {
        assertThat(end.state()).isEqualTo(RouterState.INITIALIZE);
        assertThat(end.faults()).isEmpty();
        assertThat(end.counters().becameActive()).isEqualTo(1);
        assertThat(end.counters().leftActive()).isEqualTo(1);
        assertThat(end.counters().advertsSent()).isEqualTo(3);
        assertThat(end.counters().announcementsSent()).isPositive();
        assertThat(end.refusals()).isEmpty();
      }
    }
  }

  @Test
  void nothingOfTheApplicationIsCalled() {
    AtomicInteger calls = new AtomicInteger();
    VirtualRouterConfig router =
        group("172.17.16.3")
            .healthCheck("db", () -> calls.incrementAndGet() > 0)
            .beforeServing(r -> calls.incrementAndGet(), Duration.ofSeconds(1))
            .build();

    Rehearsal.of(router, HOST).play();

    assertThat(calls).hasValue(0);
  }

  static VirtualRouterConfigBuilder group(String address) {
    return VirtualRouterConfig.builder("VI_1").interfaceName("eth0").vrid(51).address(address);
  }
}

package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Announcements;
import io.havip.HavipConfig;
import io.havip.HealthCheckConfig;
import io.havip.Preemption;
import io.havip.Track;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimRandom;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** L12 for changes that no peer may take for a failure, in any order on any member. */
class ApplyPropertyTest {

  private static final List<IpAddress> OTHERS =
      List.of(
          IpAddress.parse("172.17.16.4"),
          IpAddress.parse("172.17.16.5"),
          IpAddress.parse("172.17.16.6"));

  @Property(tries = 100)
  void aBenignChange_neverMakesTwoHoldersOrNone_andIsIdempotent(@ForAll long seed) {
    Pair pair = new Pair(seed);
    SimRandom random = pair.sim.random("configurations");
    pair.a.start(Pair.router(150).build());
    pair.b.start(Pair.router(50).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.run(Duration.ofMillis(1));
    Exposure exposure = pair.lan.observe(Pair.VIP);
    for (int i = 0; i < 8; i++) {
      pair.sim.run(Duration.ofMillis(random.below(8000)));
      boolean holder = random.below(2) == 0;
      SimHost host = holder ? pair.a : pair.b;
      HavipConfig next = HavipConfig.of(router(random, holder ? 150 : 50));
      host.node().orElseThrow().apply(next);
      assertHolds(pair, next, host);
      long sent = sent(host);
      assertThat(host.node().orElseThrow().apply(next).nothingChanged()).isTrue();
      assertThat(sent(host)).isEqualTo(sent);
    }
    pair.sim.run(Duration.ofMinutes(2));
    assertThat(Pair.snapshot(pair.a).counters().becameActive()).isEqualTo(1);
    assertThat(Pair.snapshot(pair.b).counters().becameActive()).isZero();
    assertThat(exposure.overlap()).isZero();
    assertThat(exposure.gap()).isZero();
  }

  /** The host has the addresses of the configuration and no other, if it is the holder. */
  private static void assertHolds(Pair pair, HavipConfig next, SimHost host) {
    List<IpAddress> wanted =
        next.routers().getFirst().allAddresses().stream().map(VirtualAddress::address).toList();
    for (IpAddress each : OTHERS) {
      assertThat(host.has(each)).isEqualTo(host == pair.a && wanted.contains(each));
    }
  }

  private static long sent(SimHost host) {
    var counters = Pair.snapshot(host).counters();
    return counters.advertsSent() + counters.announcementsSent();
  }

  private static VirtualRouterConfig router(SimRandom random, int priorityAbove) {
    VirtualRouterConfigBuilder router =
        Pair.router(priorityAbove + (int) random.below(50))
            .advertInterval(Duration.ofMillis(10 * (1 + random.below(500))))
            .downMultiplier(2 + (int) random.below(5))
            .announcements(Announcements.DEFAULT.withRefresh(Duration.ofSeconds(random.below(4))))
            .replyToLowerPriority(random.below(2) == 0)
            .preemption(random.below(2) == 0 ? Preemption.AT_ONCE : Preemption.NEVER);
    for (IpAddress each : OTHERS) {
      switch ((int) random.below(3)) {
        case 0 -> router.address(each.toString());
        case 1 -> router.excludedAddress(VirtualAddress.parse(each.toString()));
        default -> {}
      }
    }
    if (random.below(2) == 0) {
      // A new lambda each time: another check under the same name.
      HealthCheckConfig check = HealthCheckConfig.of("db", () -> true);
      router.track(new Track.Check(check, (int) random.below(2) * -10, false));
    }
    return router.build();
  }
}

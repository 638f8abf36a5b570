package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipNode;
import io.havip.HealthCheckConfig;
import io.havip.NotifyCommand;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.SyncGroup;
import io.havip.Track;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** L12 and S13 for sync groups: benign changes part no group and move none. */
class ApplyGroupPropertyTest {

  private static final String EXTRA_1 = "10.1.0.60";
  private static final String EXTRA_2 = "10.2.0.60";

  @Property(tries = 100)
  void aBenignChange_leavesTheGroupTogetherAndInPlace(@ForAll long seed) {
    TwoLans lans = new TwoLans(seed);
    SimRandom random = lans.sim.random("configurations");
    lans.startBoth();
    lans.awaitServes(lans.a);
    lans.sim.run(Duration.ofMillis(1));
    Exposure inside = lans.lan1.observe(TwoLans.VIP_1);
    Exposure outside = lans.lan2.observe(TwoLans.VIP_2);
    lans.sim.afterEachEvent(() -> {
      assertThat(TwoLans.routerStates(lans.a)).containsOnly(ACTIVE);
      assertThat(TwoLans.routerStates(lans.b)).containsOnly(RouterState.BACKUP);
    });
    for (int i = 0; i < 8; i++) {
      lans.sim.run(Duration.ofMillis(random.below(3000)));
      boolean holder = random.below(2) == 0;
      HavipNode node = (holder ? lans.a : lans.b).node().orElseThrow();
      HavipConfig next = config(random, holder ? 150 : 50);
      node.apply(next);
      assertThat(node.apply(next).nothingChanged()).isTrue();
    }
    lans.sim.run(Duration.ofMinutes(1));
    assertThat(becameActive(lans.a)).containsOnly(1L);
    assertThat(becameActive(lans.b)).containsOnly(0L);
    assertThat(inside.gap().plus(outside.gap())).isZero();
    assertThat(inside.overlap().plus(outside.overlap())).isZero();
  }

  /** A member that comes or goes makes the others begin anew, and with it the whole group. */
  @Property(tries = 50)
  void anotherVrid_movesTheWholeGroup_andBringsItBack(@ForAll long seed) {
    TwoLans lans = new TwoLans(seed);
    lans.startBoth();
    lans.awaitServes(lans.a);
    lans.sim.run(Duration.ofSeconds(3));
    lans.sim.afterEachEvent(() -> {
      assertThat(TwoLans.routerStates(lans.a).stream().distinct()).hasSize(1);
    });
    HavipConfig next =
        TwoLans.grouped(TwoLans.inside(150).vrid(61), TwoLans.outside(150), group(List.of()));
    assertThat(lans.a.node().orElseThrow().apply(next).changes())
        .hasSize(2)
        .allMatch(c -> c.describe().startsWith("was started anew"));
    lans.awaitServes(lans.a);
    assertThat(becameActive(lans.a)).containsOnly(1L);
  }

  private static SyncGroup group(List<Track> tracks) {
    return new SyncGroup("edge", List.of("inside", "outside"), tracks, false);
  }

  private static List<Long> becameActive(SimHost host) {
    return host.node().orElseThrow().snapshot().routers().stream()
        .map(RouterSnapshot::counters)
        .map(counters -> counters.becameActive())
        .toList();
  }

  /** Both routers have the same priority, as a group wants it. */
  private static HavipConfig config(SimRandom random, int priorityAbove) {
    int priority = priorityAbove + (int) random.below(50);
    List<Track> tracks = new ArrayList<>();
    if (random.below(2) == 0) {
      // A new lambda each time: another check under the same name.
      HealthCheckConfig check = HealthCheckConfig.of("uplink", () -> true);
      tracks.add(new Track.Check(check, (int) random.below(2) * -10, false));
    }
    SyncGroup group = group(tracks);
    if (random.below(2) == 0) {
      group = group.withNotifyCommands(List.of(NotifyCommand.onEveryState("true")));
    }
    VirtualRouterConfigBuilder inside = TwoLans.inside(priority);
    VirtualRouterConfigBuilder outside = TwoLans.outside(priority);
    Duration interval = Duration.ofMillis(10 * (5 + random.below(100)));
    inside.advertInterval(interval);
    outside.advertInterval(interval);
    if (random.below(2) == 0) {
      inside.address(EXTRA_1);
    }
    if (random.below(2) == 0) {
      outside.address(EXTRA_2);
    }
    return TwoLans.grouped(inside, outside, group);
  }
}

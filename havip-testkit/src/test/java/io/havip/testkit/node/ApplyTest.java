package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.Announcements;
import io.havip.Cause;
import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.HavipEvent;
import io.havip.HavipPlatformException;
import io.havip.HealthCheckConfig;
import io.havip.Reconfiguration;
import io.havip.Reconfiguration.Change;
import io.havip.SyncGroup;
import io.havip.Track;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** L12: a new configuration, without a takeover where none is needed. */
class ApplyTest {

  private static final IpAddress SECOND = IpAddress.parse("172.17.16.4");
  private static final IpAddress OTHER = IpAddress.parse("172.17.16.5");

  private final Pair pair = new Pair(4);

  private void startBoth() {
    pair.a.start(Pair.router(150).build());
    pair.b.start(Pair.router(100).build());
    pair.awaitServedBy(pair.a);
    pair.sim.run(Duration.ofSeconds(6));
  }

  private Reconfiguration apply(VirtualRouterConfig... routers) {
    return pair.a.node().orElseThrow().apply(HavipConfig.of(routers));
  }

  private long sent() {
    var counters = Pair.snapshot(pair.a).counters();
    return counters.advertsSent() + counters.announcementsSent();
  }

  @Test
  void theSameConfiguration_touchesNothing() {
    startBoth();
    long before = sent();
    assertThat(apply(Pair.router(150).build()).changes())
        .containsExactly(new Change.Unchanged(Pair.ROUTER));
    assertThat(sent()).isEqualTo(before);
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(sent()).as("and its timers went on").isEqualTo(before + 1);
  }

  @Test
  void aPriority_changesWithTheNextAdvert_andNothingElseHappens() {
    startBoth();
    long before = sent();
    assertThat(apply(Pair.router(120).build()).changes())
        .containsExactly(new Change.Updated(Pair.ROUTER, List.of("priority")));
    assertThat(sent()).isEqualTo(before);
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
    assertThat(Pair.snapshot(pair.a).priority()).isEqualTo(120);
    assertThat(Pair.snapshot(pair.a).configuredPriority()).isEqualTo(120);
    assertThat(Pair.events(pair.a, HavipEvent.Reconfigured.class)).isEmpty();
    pair.sim.run(Duration.ofMillis(1));
    assertThat(Pair.events(pair.a, HavipEvent.Reconfigured.class)).hasSize(1);
  }

  @Test
  void aLowerPriorityThanAPeers_letsThePeerPreemptAsUsual() {
    startBoth();
    apply(Pair.router(50).build());
    pair.awaitServedBy(pair.b);
    assertThat(Pair.cause(pair.b)).isInstanceOf(Cause.Preempted.class);
  }

  @Test
  void anAddedAddress_isBoundAndAnnounced_andARemovedOneIsTakenOff() {
    startBoth();
    Exposure kept = pair.lan.observe(Pair.VIP);
    long before = Pair.snapshot(pair.a).counters().announcementsSent();
    apply(Pair.router(150).address(SECOND.toString()).build());
    assertThat(pair.a.has(SECOND)).isTrue();
    assertThat(Pair.snapshot(pair.a).counters().announcementsSent())
        .as("the added one alone, five times")
        .isEqualTo(before + 5);
    pair.sim.run(Duration.ofSeconds(2));
    apply(Pair.router(150).build());
    assertThat(pair.a.has(SECOND)).isFalse();
    assertThat(pair.a.has(Pair.VIP)).isTrue();
    pair.sim.run(Duration.ofSeconds(2));
    assertThat(kept.gap()).isZero();
    assertThat(Pair.snapshot(pair.a).counters().becameActive()).isEqualTo(1);
    assertThat(Pair.snapshot(pair.b).counters().becameActive()).isZero();
  }

  @Test
  void anAddressOfABackup_isNotBound() {
    pair.b.start(Pair.router(200).build());
    pair.awaitState(pair.b, ACTIVE);
    pair.a.start(Pair.router(150).build());
    pair.sim.run(Duration.ofSeconds(1));
    apply(Pair.router(150).address(SECOND.toString()).build());
    assertThat(pair.a.has(SECOND)).isFalse();
    pair.b.kill();
    pair.awaitServedBy(pair.a);
    assertThat(pair.a.has(SECOND)).isTrue();
  }

  @Test
  void aLongerInterval_isAnnouncedBeforeTheRouterSlowsDown() {
    startBoth();
    apply(Pair.router(150).advertInterval(Duration.ofSeconds(10)).build());
    long before = sent();
    pair.sim.run(Duration.ofMillis(2999));
    assertThat(sent()).as("three adverts at the old pace").isBetween(before + 2, before + 3);
    assertThat(Pair.snapshot(pair.b).activeDownInterval()).isGreaterThan(Duration.ofSeconds(30));
    pair.sim.run(Duration.ofSeconds(60));
    assertThat(sent() - before).isBetween(8L, 10L);
    assertThat(Pair.snapshot(pair.b).counters().becameActive()).isZero();
  }

  @Test
  void aShorterInterval_isAnnouncedAtOnce_andIsNoLateWake() {
    pair.a.start(Pair.router(150).advertInterval(Duration.ofSeconds(10)).build());
    pair.b.start(Pair.router(100).advertInterval(Duration.ofSeconds(10)).build());
    pair.sim.runUntil("a is active", () -> Pair.state(pair.a) == ACTIVE, Duration.ofMinutes(1));
    pair.sim.run(Duration.ofSeconds(9));
    apply(Pair.router(150).advertInterval(Duration.ofMillis(100)).build());
    pair.sim.run(Duration.ofSeconds(5));
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
    assertThat(Pair.snapshot(pair.a).counters().becameActive()).isEqualTo(1);
    assertThat(Pair.snapshot(pair.b).activeDownInterval()).isLessThan(Duration.ofMillis(400));
    assertThat(Pair.snapshot(pair.b).counters().becameActive()).isZero();
  }

  @Test
  void aNewCheck_costsNothingUntilItsFirstResult() {
    startBoth();
    pair.a.workersDelay(Duration.ofMillis(500));
    AtomicBoolean well = new AtomicBoolean(true);
    apply(Pair.router(150).healthCheck("db", well::get).build());
    pair.sim.run(Duration.ofMillis(499));
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
    well.set(false);
    pair.awaitServedBy(pair.b);
    assertThat(Pair.snapshot(pair.a).faults()).containsExactly("check db: failed");
  }

  @Test
  void aChangedCheck_goesOnFromTheOldResult() {
    AtomicBoolean well = new AtomicBoolean(false);
    HealthCheckConfig check = HealthCheckConfig.of("db", well::get);
    pair.a.start(Pair.router(150).track(new Track.Check(check, -20, false)).build());
    pair.awaitState(pair.a, ACTIVE);
    assertThat(Pair.snapshot(pair.a).priority()).isEqualTo(130);
    apply(Pair.router(150).track(new Track.Check(check.withHysteresis(3, 3), -20, false)).build());
    assertThat(Pair.snapshot(pair.a).priority()).isEqualTo(130);
    apply(Pair.router(150).build());
    assertThat(Pair.snapshot(pair.a).priority()).as("without the check").isEqualTo(150);
  }

  @Test
  void aRemovedCheck_runsNoMore_andItsFaultEnds() {
    List<Long> runs = new ArrayList<>();
    pair.a.start(Pair.router(150).healthCheck("db", () -> !runs.add(1L)).build());
    pair.sim.run(Duration.ofSeconds(3));
    assertThat(Pair.snapshot(pair.a).faults()).isNotEmpty();
    int before = runs.size();
    apply(Pair.router(150).build());
    pair.awaitState(pair.a, ACTIVE);
    assertThat(runs).hasSize(before);
  }

  @Test
  void anotherVrid_isLeavingAndJoining() {
    startBoth();
    assertThat(apply(Pair.router(150).vrid(52).build()).changes())
        .containsExactly(new Change.Restarted(Pair.ROUTER, List.of("vrid")));
    assertThat(pair.a.has(Pair.VIP)).isFalse();
    pair.sim.run(Duration.ofMillis(650));
    assertThat(Pair.cause(pair.b)).isInstanceOf(Cause.PeerResigned.class);
    pair.awaitState(pair.a, ACTIVE);
  }

  @Test
  void routersComeAndGo_andTheOthersDoNotBlink() {
    startBoth();
    VirtualRouterConfig other =
        VirtualRouterConfig.builder("VI_2")
            .interfaceName("eth0")
            .vrid(60)
            .address(OTHER.toString())
            .build();
    assertThat(apply(Pair.router(150).build(), other).changes())
        .containsExactly(new Change.Unchanged(Pair.ROUTER), new Change.Added("VI_2"));
    pair.sim.run(Duration.ofSeconds(4));
    assertThat(pair.a.has(OTHER)).isTrue();
    assertThat(apply(Pair.router(150).build()).changes())
        .containsExactly(new Change.Unchanged(Pair.ROUTER), new Change.Removed("VI_2"));
    assertThat(pair.a.has(OTHER)).isFalse();
    assertThat(Pair.snapshot(pair.a).counters().becameActive()).isEqualTo(1);
    assertThat(pair.a.node().orElseThrow().snapshot().routers()).hasSize(1);
  }

  @Test
  void aRemovedRouter_isDemotedFirst() {
    List<String> calls = new ArrayList<>();
    VirtualRouterConfig other =
        VirtualRouterConfig.builder("VI_2")
            .interfaceName("eth0")
            .vrid(60)
            .address(OTHER.toString())
            .beforeLeaving(router -> calls.add(router + pair.a.has(OTHER)), Duration.ofSeconds(5))
            .build();
    pair.a.start(new HavipConfig("n", List.of(Pair.router(150).build(), other), Duration.ZERO));
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.run(Duration.ofSeconds(1));
    pair.a.workersDelay(Duration.ofSeconds(1));
    apply(Pair.router(160).build());
    assertThat(Pair.snapshot(pair.a).configuredPriority()).as("waits for it").isEqualTo(150);
    pair.sim.run(Duration.ofMillis(1001));
    assertThat(calls).containsExactly("VI_2true");
    assertThat(pair.a.has(OTHER)).isFalse();
    assertThat(Pair.snapshot(pair.a).configuredPriority()).isEqualTo(160);
  }

  @Test
  void aSyncGroup_changesItsRoutersInPlace_andBeginsAnewWithAnotherMember() {
    VirtualRouterConfig other =
        VirtualRouterConfig.builder("VI_2")
            .interfaceName("eth0")
            .vrid(60)
            .priority(150)
            .address(OTHER.toString())
            .build();
    SyncGroup group = SyncGroup.of("G", Pair.ROUTER, "VI_2");
    HavipConfig both = HavipConfig.of(Pair.router(150).build(), other);
    pair.a.start(both.withSyncGroups(List.of(group)));
    pair.awaitState(pair.a, ACTIVE);
    var node = pair.a.node().orElseThrow();
    HavipConfig more =
        HavipConfig.of(Pair.router(150).address(SECOND.toString()).build(), other)
            .withSyncGroups(List.of(group));
    assertThat(node.apply(more).changes())
        .containsExactly(
            new Change.Updated(Pair.ROUTER, List.of("addresses")), new Change.Unchanged("VI_2"));
    assertThat(Pair.snapshot(pair.a).counters().becameActive()).isEqualTo(1);
    assertThat(pair.a.has(SECOND)).isTrue();
    assertThat(node.apply(both).changes()).allMatch(Change.Restarted.class::isInstance).hasSize(2);
    pair.awaitState(pair.a, ACTIVE);
    assertThat(node.snapshot().groups()).isEmpty();
  }

  @Test
  void whatASyncGroupDependsOn_changesInPlace() {
    AtomicBoolean well = new AtomicBoolean(true);
    HealthCheckConfig check = HealthCheckConfig.of("uplink", well::get);
    HavipConfig plain = HavipConfig.of(Pair.router(150).build(), other(150));
    SyncGroup group = SyncGroup.of("G", Pair.ROUTER, "VI_2");
    pair.a.start(plain.withSyncGroups(List.of(group)));
    pair.awaitState(pair.a, ACTIVE);
    var node = pair.a.node().orElseThrow();
    assertThat(node.apply(tracking(plain, group, new Track.Check(check, -30, false))).changes())
        .containsExactly(
            new Change.Updated(Pair.ROUTER, List.of("syncGroup")),
            new Change.Updated("VI_2", List.of("syncGroup")));
    well.set(false);
    pair.sim.run(Duration.ofSeconds(3));
    assertThat(node.snapshot().routers()).allMatch(r -> r.priority() == 120);
    node.apply(tracking(plain, group, new Track.Check(check, 0, false)));
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(node.snapshot().routers()).allMatch(r -> r.state() == FAULT);
    node.apply(plain.withSyncGroups(List.of(group)));
    pair.sim.run(Duration.ofSeconds(5));
    assertThat(node.snapshot().routers())
        .allMatch(r -> r.state() == ACTIVE && r.counters().becameActive() == 2);
  }

  private static VirtualRouterConfig other(int priority) {
    return VirtualRouterConfig.builder("VI_2")
        .interfaceName("eth0")
        .vrid(60)
        .priority(priority)
        .address(OTHER.toString())
        .build();
  }

  private static HavipConfig tracking(HavipConfig config, SyncGroup group, Track track) {
    return config.withSyncGroups(
        List.of(new SyncGroup(group.name(), group.routers(), List.of(track), false)));
  }

  @Test
  void anAddressThatMoves_changesItsRouterWithoutAnError() {
    VirtualRouterConfig other =
        VirtualRouterConfig.builder("VI_2")
            .interfaceName("eth0")
            .vrid(60)
            .address(OTHER.toString())
            .build();
    pair.a.start(
        new HavipConfig(
            "n",
            List.of(Pair.router(150).address(SECOND.toString()).build(), other),
            Duration.ZERO));
    pair.sim.run(Duration.ofSeconds(5));
    apply(Pair.router(150).build(), other.toBuilder().address(SECOND.toString()).build());
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(pair.a.has(SECOND)).isTrue();
    assertThat(Pair.events(pair.a, HavipEvent.OperationFailed.class)).isEmpty();
  }

  @Test
  void whatTheHostContradicts_changesNothing() {
    startBoth();
    HavipConfig before = pair.a.node().orElseThrow().config();
    long sent = sent();
    VirtualRouterConfig nowhere =
        VirtualRouterConfig.builder("VI_2")
            .interfaceName("eth9")
            .vrid(60)
            .address(OTHER.toString())
            .build();
    assertThatThrownBy(() -> apply(Pair.router(120).build(), nowhere))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("eth9");
    assertThatThrownBy(() -> apply(Pair.router(120).address("172.17.16.7/24").build()))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("the host's own address");
    pair.sim.inject(new Fault.Refuse("a", Operation.RESERVE));
    assertThatThrownBy(() -> apply(Pair.router(120).address(SECOND.toString()).build()))
        .isInstanceOf(HavipPlatformException.class)
        .hasMessageContaining(SECOND.toString());
    assertThat(pair.a.node().orElseThrow().config()).isEqualTo(before);
    assertThat(Pair.snapshot(pair.a).configuredPriority()).isEqualTo(150);
    assertThat(sent()).isEqualTo(sent);
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
  }

  @Test
  void aRefusedReservation_leavesTheOthersOfTheAttemptFree() {
    startBoth();
    VirtualRouterConfig wrong =
        VirtualRouterConfig.builder("VI_2")
            .interfaceName("eth9")
            .vrid(60)
            .address(OTHER.toString())
            .build();
    assertThatThrownBy(() -> apply(Pair.router(150).address(SECOND.toString()).build(), wrong))
        .isInstanceOf(HavipConfigException.class);
    assertThat(pair.a.has(SECOND)).isFalse();
    apply(Pair.router(150).address(SECOND.toString()).build());
    assertThat(pair.a.has(SECOND)).isTrue();
  }

  @Test
  void anotherRefresh_takesEffectWhileActive() {
    startBoth();
    long before = Pair.snapshot(pair.a).counters().announcementsSent();
    apply(
        Pair.router(150)
            .announcements(Announcements.DEFAULT.withRefresh(Duration.ofSeconds(2)))
            .build());
    pair.sim.run(Duration.ofSeconds(5));
    assertThat(Pair.snapshot(pair.a).counters().announcementsSent()).isEqualTo(before + 2);
  }

  @Test
  void aClosedNode_appliesNothing() {
    startBoth();
    pair.a.node().orElseThrow().close();
    assertThatThrownBy(() -> apply(Pair.router(120).build()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void duringTheStartDelay_theNewConfigurationWaitsToo() {
    pair.a.start(new HavipConfig("n", List.of(Pair.router(150).build()), Duration.ofSeconds(10)));
    apply(Pair.router(255).build());
    pair.sim.run(Duration.ofSeconds(9));
    assertThat(pair.a.has(Pair.VIP)).isFalse();
    pair.awaitState(pair.a, ACTIVE);
    assertThat(pair.sim.now()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aBackupStaysOne() {
    startBoth();
    pair.b.node().orElseThrow().apply(HavipConfig.of(Pair.router(90).downMultiplier(5).build()));
    assertThat(Pair.state(pair.b)).isEqualTo(BACKUP);
    assertThat(Pair.snapshot(pair.b).activeDownInterval()).isGreaterThan(Duration.ofSeconds(5));
    pair.a.crash();
    assertThat(pair.awaitState(pair.b, ACTIVE)).isGreaterThan(Duration.ofMillis(4600));
  }
}

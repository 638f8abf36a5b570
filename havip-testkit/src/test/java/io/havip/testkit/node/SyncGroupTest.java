package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static io.havip.RouterState.INITIALIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.HavipConfigException;
import io.havip.HavipEvent;
import io.havip.HealthCheckConfig;
import io.havip.NodeSnapshot;
import io.havip.SyncGroup;
import io.havip.Track;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Operation;
import io.havip.testkit.sim.SimHost;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpCodec;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Routers that are ACTIVE together or not at all. */
class SyncGroupTest {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final TwoLans lans = new TwoLans(3);

  @Test
  void theGroupBecomesActiveAtOneMoment() {
    lans.startBoth();
    lans.awaitServes(lans.a);
    lans.sim.run(INTERVAL);
    assertThat(states(lans.a))
        .filteredOn(e -> e.to() == ACTIVE)
        .hasSize(2)
        .allMatch(e -> e.at().nanos() == 360_937_500L - 19_531_250L);
    assertThat(groupChanges(lans.a)).containsExactly(BACKUP, ACTIVE);
    assertThat(group(lans.a).state()).isEqualTo(ACTIVE);
    lans.sim.run(Duration.ofSeconds(3));
    assertThat(TwoLans.routerStates(lans.b)).containsOnly(BACKUP);
  }

  @Test
  void aRouterWhosePeerIsSilentWaitsForOneWhosePeerIsAlive() {
    lans.b.start(TwoLans.grouped(TwoLans.inside(100), TwoLans.outside(100)));
    Injector peer = Injector.on(lans.lan1.host("c", "10.1.0.9"), "10.1.0.9");
    for (int i = 0; i < 30; i++) {
      peer.say(VrrpCodec.GROUP_IPV4, 255, advert(200));
      lans.sim.run(INTERVAL);
    }
    assertThat(TwoLans.routerStates(lans.b)).containsOnly(BACKUP);

    lans.awaitServes(lans.b);
  }

  @Test
  void aFaultOfOneIsAFaultOfAll_andNamesTheGroup() {
    lans.startBoth();
    lans.awaitServes(lans.a);
    lans.sim.inject(new Fault.LinkDown("a", "eth1"));
    Duration released = lans.await(lans.a, FAULT);
    assertThat(released).isZero();
    assertThat(lans.a.has(TwoLans.VIP_1)).isFalse();
    assertThat(lans.a.node().orElseThrow().snapshot().router("inside").faults())
        .containsExactly("sync group edge: outside: interface eth1 is down");
    assertThat(group(lans.a).state()).isEqualTo(FAULT);
    lans.awaitServes(lans.b);
  }

  /** ACTIVE to FAULT in one step, with a resignation where it can still be heard. */
  @Test
  void theHealthyRouterResigns_soThatNobodyWaitsForIt() {
    lans.startBoth();
    lans.awaitServes(lans.a);
    lans.sim.run(Duration.ofSeconds(1));
    lans.sim.inject(new Fault.LinkDown("a", "eth1"));
    lans.sim.run(Duration.ofMillis(1));
    assertThat(states(lans.a).getLast().from()).isEqualTo(ACTIVE);
    assertThat(
            lans.a.node().orElseThrow().snapshot().router("inside").counters().resignationsSent())
        .isEqualTo(1);
  }

  @Test
  void itReturnsTogether_whenTheLastFaultIsGone() {
    lans.startBoth();
    lans.awaitServes(lans.a);
    lans.sim.inject(new Fault.LinkDown("a", "eth0"));
    lans.sim.inject(new Fault.LinkDown("a", "eth1"));
    lans.awaitServes(lans.b);
    lans.sim.inject(new Fault.LinkUp("a", "eth0"));
    lans.sim.run(Duration.ofSeconds(5));
    assertThat(TwoLans.routerStates(lans.a)).containsOnly(FAULT);
    lans.sim.inject(new Fault.LinkUp("a", "eth1"));
    assertThat(lans.await(lans.a, BACKUP)).isZero();
    lans.awaitServes(lans.a);
    lans.sim.run(INTERVAL);
    assertThat(TwoLans.routerStates(lans.b)).containsOnly(BACKUP);
  }

  @Test
  void oneThatYieldsTakesTheOthersAlong() {
    lans.b.start(TwoLans.grouped(TwoLans.inside(100), TwoLans.outside(100)));
    lans.awaitServes(lans.b);
    Injector peer = Injector.on(lans.lan1.host("c", "10.1.0.9"), "10.1.0.9");
    peer.say(VrrpCodec.GROUP_IPV4, 255, advert(200));
    lans.await(lans.b, BACKUP);

    Cause.HigherPriority higher = new Cause.HigherPriority(IpAddress.parse("10.1.0.9"), 200);
    assertThat(lans.b.node().orElseThrow().snapshot().router("outside").cause())
        .isEqualTo(new Cause.GroupLeft("edge", "inside", higher));
    assertThat(
            lans.b.node().orElseThrow().snapshot().router("outside").counters().resignationsSent())
        .isEqualTo(1);
    assertThat(lans.b.has(TwoLans.VIP_2)).isFalse();
  }

  @Test
  void aHandOverTakesTheSkewTime() {
    lans.startBoth();
    lans.awaitServes(lans.a);
    lans.sim.run(Duration.ofSeconds(1));
    lans.a.node().orElseThrow().close();
    assertThat(lans.awaitServes(lans.b)).isLessThan(Duration.ofMillis(65));
    assertThat(groupChanges(lans.a)).containsExactly(BACKUP, ACTIVE, INITIALIZE);
  }

  @Test
  void aRefusedAddressOfOneKeepsAllAway() {
    lans.sim.inject(new Fault.Refuse("a", Operation.BIND));
    lans.startBoth();
    lans.await(lans.a, FAULT);
    lans.sim.run(Duration.ofMillis(1));
    assertThat(states(lans.a).stream().filter(e -> e.to() == ACTIVE)).hasSize(1);
    lans.awaitServes(lans.b);
  }

  @Test
  void aCheckOfTheGroupIsACheckOfEachRouter() {
    AtomicBoolean well = new AtomicBoolean(true);
    HealthCheckConfig check = HealthCheckConfig.of("db", well::get);
    SyncGroup group =
        new SyncGroup(
            "edge", List.of("inside", "outside"), List.of(new Track.Check(check, 0, false)), false);
    lans.a.start(TwoLans.grouped(TwoLans.inside(150), TwoLans.outside(150), group));
    lans.awaitServes(lans.a);
    well.set(false);
    lans.await(lans.a, FAULT);
    well.set(true);
    lans.awaitServes(lans.a);
  }

  @Test
  void weightsAreIgnoredAndWarnedOf() {
    lans.a.start(TwoLans.grouped(weighted(), TwoLans.outside(150)));
    lans.awaitServes(lans.a);
    assertThat(lans.a.node().orElseThrow().snapshot().router("inside").priority()).isEqualTo(150);
    assertThat(warnings(lans.a)).singleElement().asString().contains("check db").contains("inside");
  }

  @Test
  void weightsCountByOption() {
    SyncGroup group = new SyncGroup("edge", List.of("inside", "outside"), List.of(), true);
    lans.a.start(TwoLans.grouped(weighted(), TwoLans.outside(150), group));
    lans.awaitServes(lans.a);
    assertThat(lans.a.node().orElseThrow().snapshot().router("inside").priority()).isEqualTo(100);
    assertThat(warnings(lans.a)).isEmpty();
  }

  @Test
  void aWeightOfTheGroupCountsForEveryRouter() {
    HealthCheckConfig check = HealthCheckConfig.of("db", () -> false);
    SyncGroup group =
        new SyncGroup(
            "edge",
            List.of("inside", "outside"),
            List.of(new Track.Check(check, -60, false)),
            false);
    lans.a.start(TwoLans.grouped(TwoLans.inside(150), TwoLans.outside(150), group));
    lans.b.start(TwoLans.grouped(TwoLans.inside(100), TwoLans.outside(100)));
    lans.awaitServes(lans.b);
    lans.sim.run(Duration.ofSeconds(10));
    assertThat(lans.serves(lans.b)).isTrue();
    assertThat(lans.a.node().orElseThrow().snapshot().routers()).allMatch(r -> r.priority() == 90);
    assertThat(warnings(lans.a)).isEmpty();
  }

  @Test
  void differentPrioritiesAreWarnedOf() {
    lans.a.start(TwoLans.grouped(TwoLans.inside(150), TwoLans.outside(100)));
    lans.sim.run(INTERVAL);
    assertThat(warnings(lans.a)).singleElement().asString().contains("different priorities");
  }

  @Test
  void anOwnerWaitsForItsGroup() {
    lans.a.start(TwoLans.grouped(TwoLans.inside(255), TwoLans.outside(100)));
    assertThat(TwoLans.routerStates(lans.a)).containsOnly(BACKUP);
    lans.awaitServes(lans.a);
  }

  @Test
  void aContestOnOneSideIsAnnouncedOnAll() {
    lans.b.start(TwoLans.grouped(TwoLans.inside(100), TwoLans.outside(100)));
    lans.awaitServes(lans.b);
    lans.sim.run(Duration.ofSeconds(10));
    long before = announcements("outside");
    Injector peer = Injector.on(lans.lan1.host("c", "10.1.0.9"), "10.1.0.9");
    peer.say(VrrpCodec.GROUP_IPV4, 255, advert(50));
    lans.sim.run(INTERVAL);
    assertThat(announcements("outside") - before).isEqualTo(5);
  }

  @Test
  void unknownRouters_andRoutersInTwoGroups_areRefused() {
    Assertions.assertThatThrownBy(() ->
            TwoLans.grouped(
                TwoLans.inside(1), TwoLans.outside(1), SyncGroup.of("g", "inside", "typo")))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("typo");
    SyncGroup one = SyncGroup.of("one", "inside", "outside");
    SyncGroup two = SyncGroup.of("two", "outside", "inside");
    Assertions.assertThatThrownBy(() ->
            TwoLans.grouped(TwoLans.inside(1), TwoLans.outside(1), one)
                .withSyncGroups(List.of(one, two)))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("one")
        .hasMessageContaining("two");
  }

  private long announcements(String router) {
    return lans.b.node().orElseThrow().snapshot().router(router).counters().announcementsSent();
  }

  private static io.havip.VirtualRouterConfigBuilder weighted() {
    HealthCheckConfig check = HealthCheckConfig.of("db", () -> false);
    return TwoLans.inside(150).track(new Track.Check(check, -50, false));
  }

  private static byte[] advert(int priority) {
    VrrpAdvert advert =
        new VrrpAdvert(VrrpVersion.V3, 51, priority, 10, List.of(TwoLans.VIP_1), VrrpAuth.NONE);
    return VrrpCodec.encode(
        advert, IpAddress.parse("10.1.0.9"), VrrpCodec.GROUP_IPV4, ChecksumForm.PSEUDO_HEADER);
  }

  private static NodeSnapshot.Group group(SimHost host) {
    return host.node().orElseThrow().snapshot().groups().getFirst();
  }

  private static List<HavipEvent.StateChanged> states(SimHost host) {
    return Pair.events(host, HavipEvent.StateChanged.class);
  }

  private static List<io.havip.RouterState> groupChanges(SimHost host) {
    return Pair.events(host, HavipEvent.GroupChanged.class).stream()
        .map(HavipEvent.GroupChanged::to)
        .toList();
  }

  private static List<String> warnings(SimHost host) {
    return Pair.events(host, HavipEvent.Warning.class).stream()
        .map(HavipEvent.Warning::message)
        .toList();
  }
}

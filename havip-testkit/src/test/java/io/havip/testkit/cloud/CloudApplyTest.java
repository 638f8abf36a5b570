package io.havip.testkit.cloud;

import static io.havip.RouterState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.CloudConfig;
import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HealthCheckConfig;
import io.havip.Reconfiguration.Change;
import io.havip.SyncGroup;
import io.havip.Track;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.VirtualAddress;
import io.havip.testkit.cloud.CloudGroup.Kind;
import io.havip.testkit.sim.SimHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A new configuration of a router whose addresses a cloud maps. */
class CloudApplyTest {

  private static final VirtualAddress SECOND = VirtualAddress.parse("172.17.16.4");

  private final CloudGroup group = new CloudGroup(Kind.TWO_CALL, 21);
  private final CloudConfig cloud = CloudConfig.of(group.cloud.member("a"));

  private final CloudConfig other = CloudConfig.of(group.cloud.member("b"));

  private VirtualRouterConfigBuilder router() {
    return group.plain(group.a, 150).cloud(cloud);
  }

  private void startBoth() {
    group.a.start(router().build());
    group.b.start(group.router(group.b, 100).build());
    group.awaitMapped(group.a);
    group.sim.run(Duration.ofSeconds(6));
  }

  private Change apply(VirtualRouterConfigBuilder router) {
    return group.a.node().orElseThrow().apply(HavipConfig.of(router.build())).changes().getFirst();
  }

  private boolean confirmed() {
    return CloudGroup.snapshot(group.a).cloud().getFirst().confirmed();
  }

  @Test
  void aSettingOfTheElection_leavesTheMappingAlone() {
    startBoth();
    assertThat(apply(router().priority(120)))
        .isEqualTo(new Change.Updated(CloudGroup.ROUTER, List.of("priority")));
    group.sim.run(Duration.ofMinutes(1));
    assertThat(group.register().changes()).hasSize(1);
    assertThat(CloudGroup.events(group.a, HavipEvent.CloudConfirmed.class)).hasSize(1);
    assertThat(confirmed()).isTrue();
  }

  @Test
  void aSettingOfTheCloud_startsTheRouterAnew_andTheMappingEndsWithTheElectedMember() {
    startBoth();
    CloudConfig patient = cloud.withCallTimeout(Duration.ofSeconds(3));
    assertThat(apply(router().cloud(patient)))
        .isEqualTo(new Change.Restarted(CloudGroup.ROUTER, List.of("cloud")));
    group.awaitState(group.a, ACTIVE);
    group.sim.runUntil(
        "mapped to a and confirmed",
        () -> group.holder().equals(Optional.of("a")) && confirmed(),
        Duration.ofSeconds(30));
  }

  @Test
  void aRouterThatGetsACloud_takesTheMappingOver_andOneThatLosesItCallsNoMore() {
    group.a.start(group.plain(group.a, 150).build());
    group.awaitState(group.a, ACTIVE);
    assertThat(group.cloud.made()).isEmpty();
    assertThat(apply(router())).isInstanceOf(Change.Restarted.class);
    group.awaitMapped(group.a);
    apply(group.plain(group.a, 150));
    group.sim.run(Duration.ofSeconds(10));
    int calls = group.cloud.made().size();
    group.sim.run(Duration.ofMinutes(2));
    assertThat(group.cloud.made()).hasSize(calls);
    assertThat(CloudGroup.snapshot(group.a).cloud()).isEmpty();
  }

  @Test
  void anAddedAddress_isMappedToo() {
    startBoth();
    VirtualAddress second = VirtualAddress.parse("172.17.16.4");
    group.register().register(second.address());
    assertThat(apply(router().address(second))).isInstanceOf(Change.Restarted.class);
    group.sim.runUntil(
        "both are mapped to a",
        () ->
            group.cloud.holder(second.address()).equals(Optional.of("a"))
                && group.holder().equals(Optional.of("a")),
        Duration.ofSeconds(30));
  }

  @Test
  void aSyncGroupOfMappedRouters_changesInPlace_andMovesAsAWhole() {
    group.register().register(SECOND.address());
    group.a.start(both(group.a, 150, 52, List.of()));
    group.b.start(both(group.b, 100, 52, List.of()));
    awaitBothMappedTo("a");
    group.sim.run(Duration.ofSeconds(6));
    int changes = group.register().changes().size();

    HealthCheckConfig check = HealthCheckConfig.of("uplink", () -> true);
    List<Track> tracks = List.of(new Track.Check(check, 0, false));
    var node = group.a.node().orElseThrow();
    assertThat(node.apply(both(group.a, 140, 52, tracks)).changes())
        .containsExactly(
            new Change.Updated(CloudGroup.ROUTER, List.of("priority", "syncGroup")),
            new Change.Updated("VI_2", List.of("priority", "syncGroup")));
    group.sim.run(Duration.ofMinutes(1));
    assertThat(group.register().changes()).hasSize(changes);
    assertThat(node.snapshot().routers()).allMatch(r -> r.cloud().getFirst().confirmed());

    assertThat(node.apply(both(group.a, 140, 53, tracks)).changes())
        .allMatch(Change.Restarted.class::isInstance);
    group.sim.runUntil(
        "a has both back and confirmed",
        () ->
            node.snapshot().routers().stream()
                .allMatch(r -> r.state() == ACTIVE && r.cloud().getFirst().confirmed()),
        Duration.ofSeconds(30));
    awaitBothMappedTo("a");
  }

  private void awaitBothMappedTo(String host) {
    group.sim.runUntil(
        "both are mapped to " + host,
        () ->
            group.holder().equals(Optional.of(host))
                && group.cloud.holder(SECOND.address()).equals(Optional.of(host)),
        Duration.ofSeconds(60));
  }

  /** A binding is one thing: another one would be another setting. */
  private CloudConfig cloud(SimHost host) {
    return host == group.a ? cloud : other;
  }

  private HavipConfig both(SimHost host, int priority, int vrid, List<Track> tracks) {
    VirtualRouterConfig second =
        VirtualRouterConfig.builder("VI_2")
            .interfaceName("eth0")
            .vrid(vrid)
            .priority(priority)
            .transport(group.plain(host, priority).build().transport())
            .address(SECOND)
            .cloud(cloud(host))
            .build();
    VirtualRouterConfig first = group.plain(host, priority).cloud(cloud(host)).build();
    return HavipConfig.of(first, second)
        .withSyncGroups(
            List.of(new SyncGroup("G", List.of(CloudGroup.ROUTER, "VI_2"), tracks, false)));
  }
}

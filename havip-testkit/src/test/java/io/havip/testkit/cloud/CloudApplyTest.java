package io.havip.testkit.cloud;

import static io.havip.RouterState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.CloudConfig;
import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.Reconfiguration.Change;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.VirtualAddress;
import io.havip.testkit.cloud.CloudGroup.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A new configuration of a router whose addresses a cloud maps. */
class CloudApplyTest {

  private final CloudGroup group = new CloudGroup(Kind.TWO_CALL, 21);
  private final CloudConfig cloud = CloudConfig.of(group.cloud.member("a"));

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
}

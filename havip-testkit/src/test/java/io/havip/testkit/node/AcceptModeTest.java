package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.HavipEvent;
import io.havip.HavipPlatformException;
import io.havip.Reconfiguration.Change;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Accept_Mode, RFC 9568 sections 6.1 and 6.4.3. */
class AcceptModeTest {

  private static final IpAddress SECOND = IpAddress.parse("172.17.16.4");

  private final Pair pair = new Pair(12);

  private static VirtualRouterConfigBuilder refusing(int priority) {
    return Pair.router(priority).acceptMode(false);
  }

  private void serves(VirtualRouterConfig config) {
    pair.a.start(config);
    pair.awaitState(pair.a, ACTIVE);
    pair.awaitServedBy(pair.a);
  }

  private List<Change> apply(VirtualRouterConfigBuilder next) {
    return pair.a.node().orElseThrow().apply(HavipConfig.of(next.build())).changes();
  }

  private boolean accepted() {
    return pair.client.accepted(Pair.VIP).equals(Optional.of(pair.a));
  }

  @Test
  void packetsAreAccepted_unlessTheConfigurationSaysOtherwise() {
    serves(Pair.router(100).build());
    assertThat(accepted()).isTrue();
  }

  @Test
  void anActiveMember_answersForTheAddress_andTakesNoPacketsIn() {
    serves(refusing(254).build());
    assertThat(pair.lan.answering(Pair.VIP)).isEqualTo(List.of(pair.a));
    assertThat(accepted()).isFalse();
  }

  @Test
  void theOwner_acceptsThemAnyway() {
    serves(refusing(255).build());
    assertThat(accepted()).isTrue();
  }

  @Test
  void itIsChangedWithoutAFailover() {
    serves(Pair.router(100).build());
    int states = Pair.events(pair.a, HavipEvent.StateChanged.class).size();

    assertThat(apply(refusing(100)))
        .containsExactly(new Change.Updated(Pair.ROUTER, List.of("acceptMode")));
    assertThat(accepted()).isFalse();
    assertThat(apply(Pair.router(100))).hasSize(1);
    assertThat(accepted()).isTrue();
    pair.sim.run(Duration.ofSeconds(10));

    assertThat(Pair.events(pair.a, HavipEvent.StateChanged.class)).hasSize(states);
    assertThat(Pair.events(pair.a, HavipEvent.AddressReleased.class)).isEmpty();
  }

  @Test
  void anAddressThatIsAddedIsRefusedToo_andOneThatWentIsNot() {
    serves(refusing(100).build());
    assertThat(apply(refusing(100).address(SECOND.toString()))).hasSize(1);
    pair.client.ask(SECOND);
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(pair.client.reaches(SECOND)).contains(pair.a);
    assertThat(pair.client.accepted(SECOND)).isEmpty();

    assertThat(apply(refusing(100))).hasSize(1);
    pair.a.address("eth0", SECOND + "/32");
    assertThat(pair.client.accepted(SECOND)).contains(pair.a);
  }

  @Test
  void nothingOfItIsLeft_whenTheRouterEnds() {
    serves(refusing(100).build());
    pair.a.node().orElseThrow().close();
    pair.a.address("eth0", Pair.VIP + "/32");
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(accepted()).isTrue();
  }

  /** Without a fence a process that was killed leaves the address behind. */
  @Test
  void whatAKilledProcessLeft_isRefusedUntilTheNextStart() {
    serves(refusing(100).build());
    pair.a.kill();
    assertThat(pair.client.reaches(Pair.VIP)).contains(pair.a);
    assertThat(accepted()).isFalse();

    serves(Pair.router(100).build());
    assertThat(accepted()).isTrue();
  }

  @Test
  void aHostThatCannotRefusePackets_refusesTheStart() {
    pair.sim.inject(new Fault.Refuse("a", Operation.BIND));
    assertThatThrownBy(() -> pair.a.start(refusing(100).build()))
        .isInstanceOf(HavipPlatformException.class)
        .hasMessageContaining(Pair.ROUTER)
        .hasMessageContaining("refuse packets to " + Pair.VIP);
  }

  @Test
  void aHostThatCannotRefusePackets_refusesTheChange_andNothingHappens() {
    serves(Pair.router(100).build());
    pair.sim.inject(new Fault.Refuse("a", Operation.BIND));
    assertThatThrownBy(() -> apply(refusing(100))).isInstanceOf(HavipPlatformException.class);
    assertThatThrownBy(() -> apply(refusing(100).vrid(52)))
        .isInstanceOf(HavipPlatformException.class);
    pair.sim.run(Duration.ofSeconds(10));
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
    assertThat(accepted()).isTrue();
    assertThat(pair.a.node().orElseThrow().config().routers().getFirst().acceptMode()).isTrue();
  }

  @Test
  void addressesThatAreNotBoundHere_cannotBeRefusedHere() {
    assertThatThrownBy(() -> refusing(100).localAddresses(false).build())
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("Accept_Mode");
  }
}

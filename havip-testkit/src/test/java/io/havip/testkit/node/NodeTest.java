package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static io.havip.RouterState.INITIALIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.Cause;
import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.HavipPlatformException;
import io.havip.HealthCheckConfig;
import io.havip.Track;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Operation;
import io.havip.wire.RefusalReason;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a node does with health, links, addresses and refusals, on the simulated network. */
class NodeTest {

  private final Pair pair = new Pair(2);

  @Test
  void aFailingCheckWithoutWeight_isAFault_andItsRecoveryEndsIt() {
    AtomicBoolean well = new AtomicBoolean(true);
    pair.a.start(Pair.router(150).healthCheck("db", well::get).build());
    pair.b.start(Pair.router(100).build());
    pair.awaitState(pair.a, ACTIVE);
    well.set(false);
    Duration noticed = pair.awaitState(pair.a, FAULT);
    assertThat(noticed).isLessThanOrEqualTo(Duration.ofMillis(1001));
    assertThat(Pair.snapshot(pair.a).faults()).containsExactly("check db: failed");
    pair.awaitServedBy(pair.b);
    well.set(true);
    pair.awaitServedBy(pair.a);
    assertThat(Pair.events(pair.a, HavipEvent.CheckChanged.class))
        .extracting(HavipEvent.CheckChanged::healthy)
        .containsExactly(true, false, true);
  }

  @Test
  void aCheckThatHasNotRunYet_holdsTheRouterInFault() {
    pair.a.workersDelay(Duration.ofMillis(300));
    pair.a.start(Pair.router(150).healthCheck("db", () -> true).build());
    assertThat(Pair.state(pair.a)).isEqualTo(FAULT);
    Duration known = pair.awaitState(pair.a, BACKUP);
    assertThat(known).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void aWeightedCheck_changesThePriority_andWithItTheHolder() {
    AtomicBoolean well = new AtomicBoolean(true);
    HealthCheckConfig check = HealthCheckConfig.of("db", well::get).withHysteresis(1, 3);
    pair.a.start(Pair.router(150).track(new Track.Check(check, -100, false)).build());
    pair.b.start(Pair.router(100).build());
    pair.awaitState(pair.a, ACTIVE);
    well.set(false);
    pair.awaitServedBy(pair.b);
    assertThat(Pair.snapshot(pair.a).priority()).isEqualTo(50);
    assertThat(Pair.state(pair.a)).isEqualTo(BACKUP);
  }

  @Test
  void aCheckThatThrows_countsAsFailed_andSaysWhy() {
    pair.a.start(
        Pair.router(150)
            .healthCheck(
                "db",
                () -> {
                  throw new IllegalStateException("no connection");
                })
            .build());
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(Pair.state(pair.a)).isEqualTo(FAULT);
    assertThat(Pair.events(pair.a, HavipEvent.CheckChanged.class).getFirst().detail())
        .contains("no connection");
  }

  @Test
  void linkDown_isAFault_andItsReturnMeansListeningFirst() {
    pair.a.start(Pair.router(150).build());
    pair.b.start(Pair.router(100).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.inject(new Fault.LinkDown("a", "eth0"));
    pair.awaitState(pair.a, FAULT);
    assertThat(pair.a.has(Pair.VIP)).isFalse();
    pair.awaitServedBy(pair.b);
    pair.sim.inject(new Fault.LinkUp("a", "eth0"));
    pair.awaitState(pair.a, BACKUP);
    pair.awaitServedBy(pair.a);
  }

  @Test
  void anInterfaceThatIsMadeAnew_isUsedAgain() {
    pair.a.start(Pair.router(150).build());
    pair.b.start(Pair.router(100).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.inject(new Fault.InterfaceGone("a", "eth0"));
    pair.awaitServedBy(pair.b);
    pair.sim.inject(new Fault.InterfaceBack("a", "eth0"));
    pair.awaitServedBy(pair.a);
    assertThat(pair.lan.answering(Pair.VIP)).isEqualTo(List.of(pair.a));
  }

  /** L11. */
  @Test
  void l11_anAddressRemovedByOthers_isPutBack() {
    pair.a.start(Pair.router(150).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.inject(new Fault.RemoveAddress("a", "eth0", Pair.VIP));
    pair.sim.run(Duration.ofMillis(50));
    assertThat(pair.a.has(Pair.VIP)).isTrue();
    assertThat(Pair.events(pair.a, HavipEvent.AddressLost.class)).hasSize(1);
  }

  @Test
  void aRefusedAddress_isAFaultForAWhile_notABlackHole() {
    pair.sim.inject(new Fault.Refuse("a", Operation.BIND));
    pair.a.start(Pair.router(150).build());
    pair.b.start(Pair.router(100).build());
    pair.awaitState(pair.a, FAULT);
    pair.awaitServedBy(pair.b);
    assertThat(Pair.events(pair.a, HavipEvent.OperationFailed.class)).isNotEmpty();
    pair.sim.inject(new Fault.Allow("a", Operation.BIND));
    pair.awaitServedBy(pair.a);
  }

  @Test
  void anAddressLeftBehindByADeadProcess_isRemovedAtTheNextStart() {
    pair.a.start(Pair.router(150).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.a.kill();
    assertThat(pair.a.has(Pair.VIP)).as("no fence in this platform").isTrue();
    pair.a.restart();
    assertThat(pair.a.has(Pair.VIP)).isFalse();
    pair.sim.run(Duration.ofMillis(1));
    assertThat(Pair.events(pair.a, HavipEvent.Warning.class))
        .singleElement()
        .satisfies(w -> assertThat(w.message()).contains(Pair.VIP.toString(), "left behind"));
    pair.awaitServedBy(pair.a);
  }

  @Test
  void aWrongPassword_isRefusedCountedAndExplained() {
    pair.a.start(
        Pair.router(150)
            .version(VrrpVersion.V2)
            .authentication(VrrpAuth.SimplePassword.of("1111"))
            .build());
    pair.b.start(
        Pair.router(100)
            .version(VrrpVersion.V2)
            .authentication(VrrpAuth.SimplePassword.of("2222"))
            .build());
    pair.sim.run(Duration.ofSeconds(10));
    assertThat(Pair.snapshot(pair.b).refusals())
        .anySatisfy(refusal -> {
          assertThat(refusal.peer()).isEqualTo(IpAddress.parse("172.17.16.7"));
          assertThat(refusal.reason()).isEqualTo(RefusalReason.AUTH_FAILED);
          assertThat(refusal.count()).isGreaterThan(4);
        });
    // Ten refused packets, yet one event: the rate is limited, the count is not.
    assertThat(Pair.events(pair.b, HavipEvent.AdvertRefused.class)).hasSize(1);
  }

  @Test
  void theApplicationPreparesBeforeTheAddressIsBound_andAdvertsGoOn() {
    pair.a.workersDelay(Duration.ofSeconds(2));
    pair.a.start(Pair.router(150).beforeServing(router -> {}, Duration.ofSeconds(5)).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.run(Duration.ofMillis(1999));
    assertThat(pair.a.has(Pair.VIP)).isFalse();
    assertThat(Pair.snapshot(pair.a).counters().advertsSent()).isEqualTo(2);
    pair.sim.run(Duration.ofMillis(2));
    assertThat(pair.a.has(Pair.VIP)).isTrue();
  }

  @Test
  void anApplicationThatCannotPrepare_resigns() {
    pair.a.start(
        Pair.router(150)
            .beforeServing(
                router -> {
                  throw new IllegalStateException("promotion failed");
                },
                Duration.ofSeconds(5))
            .build());
    pair.b.start(Pair.router(100).build());
    pair.awaitServedBy(pair.b);
    assertThat(Pair.events(pair.a, HavipEvent.StateChanged.class))
        .extracting(HavipEvent.StateChanged::cause)
        .anyMatch(cause ->
            cause instanceof Cause.PrepareFailed failed
                && failed.reason().contains("promotion failed"));
  }

  @Test
  void theStartDelay_holdsTheNodeBack() {
    pair.a.start(new HavipConfig("n", List.of(Pair.router(255).build()), Duration.ofSeconds(3)));
    assertThat(Pair.state(pair.a)).isEqualTo(INITIALIZE);
    assertThat(pair.awaitState(pair.a, ACTIVE)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void noSuchInterface_isAConfigurationError_thatLeavesNothing() {
    assertThatThrownBy(() -> pair.a.start(Pair.router(150).interfaceName("eth9").build()))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("eth9");
    assertThat(pair.a.has(Pair.VIP)).isFalse();
  }

  @Test
  void anAddressReservedByAnotherProcess_isAPlatformError() {
    pair.sim.inject(new Fault.Refuse("a", Operation.RESERVE));
    assertThatThrownBy(() -> pair.a.start(Pair.router(150).build()))
        .isInstanceOf(HavipPlatformException.class)
        .hasMessageContaining(Pair.VIP.toString());
  }

  @Test
  void twoNodesOnOnePlatformCannotBothHaveAnAddress() {
    pair.a.start(Pair.router(150).build());
    var second =
        HavipNode.builder(Pair.router(100).vrid(52).build())
            .platform(pair.a.platform().orElseThrow());
    assertThatThrownBy(second::start)
        .isInstanceOf(HavipPlatformException.class)
        .hasMessageContaining(Pair.VIP.toString());
    pair.awaitState(pair.a, ACTIVE);
    assertThat(pair.a.has(Pair.VIP)).as("the first node is not disturbed").isTrue();
  }

  @Test
  void close_takesTheAddressOff_andIsIdempotent() {
    pair.a.start(Pair.router(150).build());
    pair.awaitState(pair.a, ACTIVE);
    var node = pair.a.node().orElseThrow();
    node.close();
    node.close();
    assertThat(pair.a.has(Pair.VIP)).isFalse();
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(Pair.cause(pair.a)).isEqualTo(new Cause.Stopped());
  }

  @Test
  void theSnapshot_saysWhatIsInForce() {
    pair.a.fence(new Fence.OnExit(Duration.ofMillis(10)));
    pair.a.start(Pair.router(150).build());
    pair.awaitState(pair.a, ACTIVE);
    var snapshot = Pair.snapshot(pair.a);
    assertThat(snapshot.holding()).isTrue();
    assertThat(snapshot.fence()).isEqualTo(new Fence.OnExit(Duration.ofMillis(10)));
    assertThat(snapshot.counters().announcementsSent()).isEqualTo(5);
    assertThat(snapshot.activeDownInterval()).isEqualTo(Duration.ofNanos(3_414_062_500L));
  }

  @Test
  void aRunThatDoesNotEnd_failsInEveryInterval_untilTheMemberIsUnfit() {
    HealthCheckConfig check = HealthCheckConfig.of("db", () -> true).withHysteresis(1, 3);
    pair.a.start(Pair.router(150).healthCheck(check).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.a.workersDelay(Duration.ofMinutes(10));
    Duration noticed = pair.awaitState(pair.a, FAULT);
    assertThat(noticed).isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aRefusedAddress_isNeverAnnounced() {
    pair.sim.inject(new Fault.Refuse("a", Operation.BIND));
    pair.a.start(Pair.router(150).build());
    pair.awaitState(pair.a, FAULT);
    assertThat(Pair.snapshot(pair.a).counters().announcementsSent()).isZero();
    assertThat(Pair.events(pair.a, HavipEvent.AddressReleased.class)).isEmpty();
  }

  @Test
  void theHostsOnlyAddress_isNeverTakenOff() {
    IpAddress own = IpAddress.parse("172.17.16.7");
    assertThatThrownBy(() -> pair.a.start(Pair.router(200).address(own + "/24").build()))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("the host's own address");
    assertThat(pair.a.has(own)).isTrue();
  }

  @Test
  void aLeftover_isRemovedBeforeTheStartDelay() {
    pair.a.start(new HavipConfig("n", List.of(Pair.router(150).build()), Duration.ofSeconds(10)));
    pair.awaitState(pair.a, ACTIVE);
    pair.a.kill();
    pair.a.restart();
    assertThat(pair.a.has(Pair.VIP)).isFalse();
    assertThat(Pair.state(pair.a)).isEqualTo(INITIALIZE);
  }

  @Test
  void aMemberThatCannotPrepare_leavesALiveOneAlone() {
    pair.b.start(Pair.router(100).build());
    pair.awaitState(pair.b, ACTIVE);
    pair.a.start(
        Pair.router(150)
            .beforeServing(
                router -> {
                  throw new IllegalStateException("promotion failed");
                },
                Duration.ofSeconds(5))
            .build());
    pair.awaitState(pair.a, ACTIVE);
    pair.awaitServedBy(pair.b);
    pair.sim.run(Duration.ofSeconds(50));
    assertThat(Pair.snapshot(pair.a).counters().becameActive()).isEqualTo(1);
    assertThat(Pair.state(pair.b)).isEqualTo(ACTIVE);
  }

  @Test
  void aListenerThatThrowsAnError_doesNotSilenceTheNode() {
    List<HavipEvent> heard = new ArrayList<>();
    pair.a.start(
        Pair.router(150).build(),
        event -> {
          heard.add(event);
          throw new StackOverflowError("a listener's");
        });
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(heard).hasSize(3);
  }

  @Test
  void theSnapshot_isReadableAfterClose() {
    pair.a.start(Pair.router(150).build());
    var node = pair.a.node().orElseThrow();
    node.close();
    assertThat(node.snapshot().router(Pair.ROUTER).state()).isEqualTo(INITIALIZE);
  }
}

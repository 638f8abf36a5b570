package io.havip.testkit.sim;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.testkit.vpc.SimVpc;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Real nodes in the pair of the HAVIP guide: priorities 100 and 80, unicast, VRRPv2 with a
 * password, adverts every second.
 */
class NodePairTest {

  private static final IpAddress VIP = IpAddress.parse("172.17.16.3");
  private static final Duration INTERVAL = ofSeconds(1);

  /** Master_Down_Interval of priority 80 and of priority 100 (RFC 3768 section 6.1). */
  private static final Duration DOWN_80 = ofNanos(3_687_500_000L);

  private static final Duration DOWN_100 = ofNanos(3_609_375_000L);
  private static final Duration SKEW_80 = ofNanos(687_500_000L);
  private static final Duration EPSILON = ofMillis(1);

  private final Simulation sim = Simulation.seeded(7);
  private final SimNetwork lan = sim.segment("172.17.16.0/24").multicast(false);
  private final SimHost a = lan.host("a", "172.17.16.7");
  private final SimHost b = lan.host("b", "172.17.16.13");
  private final SimClient client = lan.client("client", "172.17.16.100");

  private static VirtualRouterConfig config(int priority, String self, String peer) {
    return VirtualRouterConfig.builder("VI_1")
        .interfaceName("eth0")
        .vrid(51)
        .version(VrrpVersion.V2)
        .priority(priority)
        .authentication(VrrpAuth.SimplePassword.of("1111"))
        .unicast(self, peer)
        .address("172.17.16.3/24")
        .build();
  }

  private void startBoth() {
    a.start(config(100, "172.17.16.7", "172.17.16.13"));
    b.start(config(80, "172.17.16.13", "172.17.16.7"));
    sim.run(ofSeconds(10));
    assertThat(lan.answering(VIP)).containsExactly(a);
  }

  private static RouterState state(SimHost host) {
    return host.node().orElseThrow().snapshot().router("VI_1").state();
  }

  @Test
  void higherPriorityIsElectedAfterItsDownInterval() {
    Exposure exposure = lan.observe(VIP);
    startBoth();
    assertThat(state(a)).isEqualTo(RouterState.ACTIVE);
    assertThat(state(b)).isEqualTo(RouterState.BACKUP);
    assertThat(client.cached(VIP)).contains(a);
    assertThat(exposure.overlap()).isEqualTo(ZERO);
    assertThat(exposure.spans().getFirst().length()).isEqualTo(DOWN_100);
  }

  @Test
  void backupTakesOverAfterACrashWithinTheRfcsBounds() {
    startBoth();
    for (int i = 0; i < 20; i++) {
      sim.run(ofMillis(137L * i));
      a.crash();
      Duration took =
          sim.runUntil(() -> lan.answering(VIP).equals(List.of(b)), DOWN_80.plus(EPSILON));
      assertThat(took).isGreaterThan(DOWN_80.minus(INTERVAL)).isLessThan(DOWN_80.plus(EPSILON));
      sim.run(EPSILON);
      assertThat(client.reaches(VIP)).contains(b);
      a.restart();
      sim.runUntil(() -> lan.answering(VIP).equals(List.of(a)), DOWN_100.plus(ofMillis(2)));
    }
  }

  @Test
  void returningMemberOfHigherPriorityTakesTheAddressBack() {
    startBoth();
    a.crash();
    sim.run(ofSeconds(10));
    Exposure exposure = client.observe(VIP);
    a.restart();
    sim.run(ofSeconds(10));
    assertThat(lan.answering(VIP)).containsExactly(a);
    assertThat(state(b)).isEqualTo(RouterState.BACKUP);
    assertThat(exposure.gap()).isEqualTo(ZERO);
    assertThat(exposure.overlap()).as("one delay, after ARP").isLessThanOrEqualTo(EPSILON);
  }

  @Test
  void resignationHandsOverWithinMillisecondsWithoutOverlap() {
    startBoth();
    Exposure exposure = lan.observe(VIP);
    a.stop();
    Duration took = sim.runUntil(() -> lan.answering(VIP).equals(List.of(b)), ofSeconds(1));
    assertThat(took).isBetween(ofMillis(6), ofMillis(20));
    assertThat(exposure.overlap()).isEqualTo(ZERO);
    assertThat(sim.trace().records(TraceKind.SEND))
        .anyMatch(r -> r.host().equals("a") && r.detail().contains("priority 0 "));
  }

  @Test
  void closingTheNodeBetweenStepsWorksAtOnce() {
    startBoth();
    HavipNode node = a.node().orElseThrow();
    node.close();
    assertThat(lan.answering(VIP)).isEmpty();
    sim.runUntil(() -> lan.answering(VIP).equals(List.of(b)), SKEW_80.plus(EPSILON));
    assertThat(a.running()).as("the platform was the host's").isTrue();
  }

  @Test
  void killLeavesTheAddressBehindUnlessThereIsAFence() {
    startBoth();
    a.kill();
    sim.run(ofSeconds(5));
    assertThat(lan.answering(VIP)).containsExactly(a, b);
  }

  @Test
  void fenceRemovesTheAddressOfAKilledHolder() {
    a.fence(new Fence.OnExit(ofMillis(10)));
    startBoth();
    Exposure exposure = lan.observe(VIP);
    a.kill();
    sim.run(ofSeconds(5));
    assertThat(lan.answering(VIP)).containsExactly(b);
    assertThat(exposure.overlap()).isEqualTo(ZERO);
  }

  @Test
  void stallFenceKeepsAPausedHolderFromOverlapping() {
    a.fence(new Fence.OnExitAndStall(ofMillis(10), ofSeconds(2)));
    startBoth();
    Exposure exposure = lan.observe(VIP);
    a.pause(ofSeconds(20));
    sim.run(ofSeconds(15));
    assertThat(lan.answering(VIP)).containsExactly(b);
    assertThat(exposure.overlap()).isEqualTo(ZERO);
    sim.run(ofSeconds(30));
    assertThat(lan.answering(VIP)).containsExactly(a);
  }

  @Test
  void removedAddressIsPutBack() {
    startBoth();
    sim.inject(new Fault.RemoveAddress("a", "eth0", VIP));
    assertThat(lan.answering(VIP)).isEmpty();
    sim.run(ofSeconds(1));
    assertThat(lan.answering(VIP)).containsExactly(a);
    assertThat(a.events()).anyMatch(HavipEvent.AddressLost.class::isInstance);
  }

  @Test
  void everyStateChangeIsInTheTrace() {
    startBoth();
    long changes = a.events().stream().filter(HavipEvent.StateChanged.class::isInstance).count();
    assertThat(changes).isEqualTo(2);
    assertThat(sim.trace().records(TraceKind.NODE))
        .anyMatch(r -> r.host().equals("a") && r.detail().contains("BACKUP -> ACTIVE"));
  }

  @Test
  void inAVpcTheMappingFollowsTheHolder() {
    Simulation cloud = Simulation.seeded(9);
    SimVpc vpc = new SimVpc(cloud, "vpc-1", "172.17.0.0/16");
    SimNetwork subnet = vpc.subnet("172.17.16.0/24");
    vpc.register(VIP);
    SimHost one = subnet.host("one", "172.17.16.7");
    SimHost two = subnet.host("two", "172.17.16.13");
    one.start(config(100, "172.17.16.7", "172.17.16.13"));
    two.start(config(80, "172.17.16.13", "172.17.16.7"));
    cloud.run(ofSeconds(20));
    assertThat(vpc.holder(VIP)).contains(one);
    one.crash();
    cloud.runUntil(() -> vpc.holder(VIP).equals(java.util.Optional.of(two)), ofSeconds(25));
  }
}

package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.HavipEvent;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.check.Catalogue;
import io.havip.core.check.Scene;
import io.havip.core.check.Trial;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.TraceKind;
import io.havip.testkit.sim.TraceRecord;
import io.havip.testkit.sim.Watch;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpCodec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A resignation, true or forged, and what the others make of it. */
class QuickClaimTest {

  private static final Duration SKEW = ofNanos(609_375_000);
  private static final Fence FENCE = new Fence.OnExitAndStall(ofMillis(2), ofMillis(2_500));

  private final Pair pair = new Pair(1);
  private final Exposure exposure = pair.lan.observe(Pair.VIP);

  private void start(VirtualRouterConfigBuilder a, VirtualRouterConfigBuilder b) {
    pair.a.start(a.build());
    pair.awaitState(pair.a, ACTIVE);
    pair.b.start(b.build());
    pair.sim.run(ofSeconds(5));
  }

  private void start() {
    start(Pair.router(200), Pair.router(100));
  }

  @Test
  void aKilledHolderWithAGuardianIsReplacedWithinTwentyMilliseconds() {
    pair.a.fence(FENCE).guardian(true);
    Scene scene =
        new Scene(
            List.of(
                new Scene.Actor("a", Pair.router(200).build(), FENCE),
                new Scene.Actor("b", Pair.router(100).build())),
            ofMillis(1),
            Duration.ZERO,
            Watch.senses(true));
    Trial trial = Watch.judge(pair.sim, scene, Catalogue.all(), pair.client);
    start();

    pair.a.kill();

    assertThat(pair.awaitServedBy(pair.b)).isBetween(ofMillis(14), ofMillis(20));
    assertThat(Pair.cause(pair.b)).isInstanceOf(Cause.PeerResigned.class);
    pair.sim.run(ofSeconds(20));
    trial.advance(pair.sim.nanos());
    assertThat(exposure.overlap()).isZero();
    assertThat(trial.findings()).isEmpty();
  }

  @Test
  void withoutAGuardianAKilledHolderIsMissedAfterActiveDownInterval() {
    pair.a.fence(FENCE);
    start();
    pair.a.kill();

    assertThat(pair.awaitServedBy(pair.b)).isGreaterThan(ofSeconds(2));
  }

  @Test
  void aHolderThatStallsIsResignedAndDoesNotActAsOneWhenItWakes() {
    pair.a.fence(FENCE).guardian(true);
    start();
    pair.a.pause();
    Duration outage = pair.awaitServedBy(pair.b);
    pair.sim.run(ofSeconds(5));
    long woke = pair.sim.nanos();
    pair.a.resume();
    pair.sim.run(ofMillis(1));

    assertThat(outage).isBetween(ofMillis(2_500), ofMillis(2_520));
    assertThat(Pair.state(pair.a)).isEqualTo(BACKUP);
    pair.sim.run(ofSeconds(3));
    assertThat(sent(pair.a, woke)).isEmpty();
    assertThat(exposure.overlap()).isZero();
  }

  @Test
  void aForgedResignationIsAnsweredByTheAddressAndCostsNothing() {
    start();
    Injector forger = forger();
    for (int i = 0; i < 20; i++) {
      pair.sim.run(ofMillis(937));
      forger.say(VrrpCodec.GROUP_IPV4, VrrpCodec.TTL, resignation());
      pair.sim.run(ofMillis(63)); // the next advert comes before the skew is over
    }

    assertThat(Pair.events(pair.b, HavipEvent.StateChanged.class)).hasSize(1);
    assertThat(exposure.overlap()).isZero();
  }

  @Test
  void aStreamOfForgedResignationsDoesNoMoreThanToAnRfcRouter() {
    Duration quick = lastsUnderForgedResignations(Pair.router(100));
    QuickClaimTest again = new QuickClaimTest();
    Duration rfc = again.lastsUnderForgedResignations(Pair.router(100).quickClaim(Duration.ZERO));

    assertThat(quick).isEqualTo(rfc).isGreaterThan(SKEW);
    long questions =
        pair.sim.trace().records(TraceKind.SEND).stream()
            .filter(r -> r.host().equals("b") && r.detail().endsWith(Pair.VIP + "?"))
            .count();
    assertThat(questions).isBetween(1L, 2L);
  }

  private Duration lastsUnderForgedResignations(VirtualRouterConfigBuilder b) {
    start(Pair.router(200), b);
    Injector forger = forger();
    for (int i = 0; i < 1_000; i++) {
      pair.sim.at(
          ofNanos(pair.sim.nanos()).plus(ofMillis(10L * i)),
          "forge",
          () -> forger.say(VrrpCodec.GROUP_IPV4, VrrpCodec.TTL, resignation()));
    }
    return pair.awaitState(pair.b, ACTIVE);
  }

  /** The holder died, its address stayed, and somebody resigns for it all the same. */
  @Test
  void whileTheAddressAnswersOnlyTheSkewLeadsToATakeover() {
    start();
    Injector forger = forger();
    pair.a.kill();
    pair.sim.run(ofMillis(100));
    forger.say(VrrpCodec.GROUP_IPV4, VrrpCodec.TTL, resignation());

    assertThat(pair.awaitState(pair.b, ACTIVE)).isBetween(SKEW, SKEW.plusMillis(1));
  }

  @Test
  void anAddressOfVersion6MovesAsFast() {
    pair.a.address("eth0", "fe80::7/64");
    pair.b.address("eth0", "fe80::13/64");
    start(six(200), six(100));
    pair.a.stop();

    assertThat(pair.awaitState(pair.b, ACTIVE)).isBetween(ofMillis(9), ofMillis(11));
  }

  @Test
  void whileSomebodyAnswersForAnAddressOfVersion6OnlyTheSkewLeadsToATakeover() {
    pair.a.address("eth0", "fe80::7/64");
    pair.b.address("eth0", "fe80::13/64");
    start(six(200), six(100));
    pair.lan.host("c", "172.17.16.66").address("eth0", "fe80::3/64");
    pair.a.stop();

    assertThat(pair.awaitState(pair.b, ACTIVE)).isBetween(SKEW, SKEW.plusMillis(1));
  }

  private static VirtualRouterConfigBuilder six(int priority) {
    return VirtualRouterConfig.builder(Pair.ROUTER)
        .interfaceName("eth0")
        .vrid(51)
        .priority(priority)
        .address("fe80::3");
  }

  /** Speaks in the name of a. */
  private Injector forger() {
    SimHost c = pair.lan.host("c", "172.17.16.66").address("eth0", "172.17.16.7/24");
    return Injector.on(c, "172.17.16.7");
  }

  private static byte[] resignation() {
    VrrpAdvert advert = VrrpAdvert.v3(51, 0, 100, List.of(Pair.VIP));
    byte[] message = new byte[64];
    int length =
        VrrpCodec.encode(
            advert,
            IpAddress.parse("172.17.16.7"),
            VrrpCodec.GROUP_IPV4,
            ChecksumForm.PSEUDO_HEADER,
            message,
            0);
    return Arrays.copyOf(message, length);
  }

  private List<TraceRecord> sent(SimHost host, long since) {
    return pair.sim.trace().records(TraceKind.SEND).stream()
        .filter(r -> r.host().equals(host.name()) && r.nanos() >= since)
        .toList();
  }
}

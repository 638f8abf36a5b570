package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.Traffic;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Elections among live members: preemption, its delay, equal priorities, three members. */
class ContestIT extends OnScene {

  private static final Duration DELAY = Duration.ofMillis(1500);

  private static LabHost third;

  @BeforeAll
  static void openScene() {
    open("keepalived", "vrrpd", "zebra", "tcpdump", "nft");
    third = scene.lab.addHost("third", "172.17.16.5", "fd00:9::5/64");
  }

  @AfterEach
  void heal() {
    scene.lab.wire().heal();
  }

  static Stream<Arguments> peersAndFamilies() {
    return Stream.of(Peer.Kind.values())
        .flatMap(peer -> Stream.of("IPv4", "IPv6").map(family -> Arguments.of(peer, family)));
  }

  /** Slower than usual: here a member that comes late once would change what is to be seen. */
  private static Spec nextGroup(boolean six, int priority) {
    return scene.nextGroup(six, priority).withInterval(Duration.ofMillis(300));
  }

  private static Spec group(Peer.Kind peer, String family) {
    return nextGroup(family.equals("IPv6"), 0).withVmac(peer == Peer.Kind.FRR);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("peersAndFamilies")
  void wePreemptAPeerOfLowerPriority(Peer.Kind peer, String family) {
    Spec group = group(peer, family);
    Peer theirs = scene.closeLater(peer.start(scene.theirs, group.withPriority(100)));
    theirs.awaitHolding(true, Scene.LIMIT);
    long start = System.nanoTime();
    Ours ours = scene.closeLater(Ours.inProcess(scene.ours, group.withPriority(200)));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    theirs.awaitHolding(false, Scene.LIMIT);
    scene.assertServedBy(scene.ours, group, start);
    scene.assertOnlySpeaker(scene.ours, group);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("peersAndFamilies")
  void aPeerOfHigherPriorityPreemptsUs(Peer.Kind peer, String family) {
    Spec group = group(peer, family);
    Ours ours = scene.closeLater(Ours.inProcess(scene.ours, group.withPriority(100)));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    Peer theirs = scene.closeLater(peer.start(scene.theirs, group.withPriority(200)));
    theirs.awaitHolding(true, Scene.LIMIT);
    ours.await(RouterState.BACKUP, Scene.LIMIT);
    assertThat(scene.ours.hasAddress(group.vip())).isFalse();
    scene.assertOnlySpeaker(scene.theirs, group);
    scene.assertReached(scene.theirs, group);
  }

  @Test
  void withADelayWeWaitBeforeWePreempt() {
    Spec group = nextGroup(false, 200).withPreemptDelay((int) DELAY.toMillis());
    Peer theirs = keepalived(group.withPreemptDelay(0).withPriority(100));
    theirs.awaitHolding(true, Scene.LIMIT);
    Ours.InProcess ours = scene.closeLater(Ours.inProcess(scene.ours, group));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    assertThat(waited(ours, RouterState.ACTIVE)).isGreaterThanOrEqualTo(DELAY);
    theirs.awaitHolding(false, Scene.LIMIT);
  }

  @Test
  void withADelayKeepalivedWaitsBeforeItPreemptsUs() {
    Spec group = nextGroup(false, 100);
    Ours.InProcess ours = scene.closeLater(Ours.inProcess(scene.ours, group));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    long start = System.nanoTime();
    Peer theirs = keepalived(group.withPriority(200).withPreemptDelay((int) DELAY.toMillis()));
    theirs.awaitHolding(true, Scene.LIMIT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY);
    ours.await(RouterState.BACKUP, Scene.LIMIT);
    scene.assertOnlySpeaker(scene.theirs, group);
    assertThat(ours.router().counters().leftActive()).as("one change, no duel").isEqualTo(1);
  }

  private static Duration waited(Ours.InProcess ours, RouterState state) {
    // Events come a moment after the state has changed.
    Await.until(
        "the event",
        Scene.LIMIT,
        () -> ours.changes().stream().anyMatch(change -> change.to() == state));
    long began = entered(ours, RouterState.BACKUP);
    return Duration.ofNanos(entered(ours, state) - began);
  }

  private static long entered(Ours.InProcess ours, RouterState state) {
    return ours.changes().stream()
        .filter(change -> change.to() == state)
        .mapToLong(change -> change.at().nanos())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void ofEqualPriorityTheOneThatHoldsStays() {
    Spec group = nextGroup(false, 150);
    Ours.InProcess ours = scene.closeLater(Ours.inProcess(scene.ours, group));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    Peer theirs = keepalived(group);
    theirs.awaitHolding(false, Scene.LIMIT);
    for (int i = 0; i < 3; i++) {
      scene.assertOnlySpeaker(scene.ours, group);
    }
    assertThat(ours.router().counters().leftActive()).isZero();
  }

  /** Theirs is 172.17.16.13, ours 172.17.16.7. */
  @Test
  void ofTwoHoldersOfEqualPriorityTheHigherAddressStays() {
    Spec group = nextGroup(false, 150);
    scene.lab.wire().lose(scene.ours, scene.theirs, Traffic.VRRP);
    scene.lab.wire().lose(scene.theirs, scene.ours, Traffic.VRRP);
    Ours.InProcess ours = scene.closeLater(Ours.inProcess(scene.ours, group));
    Peer theirs = keepalived(group);
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    theirs.awaitHolding(true, Scene.LIMIT);
    long healed = System.nanoTime();
    scene.lab.wire().heal();
    ours.await(RouterState.BACKUP, Scene.LIMIT);
    scene.assertServedBy(scene.theirs, group, healed);
    scene.assertOnlySpeaker(scene.theirs, group);
  }

  @Test
  void theLowerAddressYieldsAlsoWhenItIsKeepalived() {
    Spec group = nextGroup(false, 150);
    scene.lab.wire().lose(scene.ours, third, Traffic.VRRP);
    scene.lab.wire().lose(third, scene.ours, Traffic.VRRP);
    Ours.InProcess ours = scene.closeLater(Ours.inProcess(scene.ours, group));
    Peer theirs = scene.closeLater(Peer.Kind.KEEPALIVED.start(third, group));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    theirs.awaitHolding(true, Scene.LIMIT);
    long healed = System.nanoTime();
    scene.lab.wire().heal();
    theirs.awaitHolding(false, Scene.LIMIT);
    scene.assertServedBy(scene.ours, group, healed);
    assertThat(ours.router().counters().leftActive()).isZero();
  }

  /** Ours 200, Keepalived 150, FRR 100; each in turn leaves, and comes back. */
  @Test
  void threeProgramsShareAGroup() {
    Spec group = nextGroup(false, 0).withVmac(true);
    Peer frr = scene.closeLater(Peer.Kind.FRR.start(third, group.withPriority(100)));
    Peer keepalived = keepalived(group.withPriority(150));
    Ours.InProcess ours = scene.closeLater(Ours.inProcess(scene.ours, group.withPriority(200)));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    keepalived.awaitHolding(false, Scene.LIMIT);
    frr.awaitHolding(false, Scene.LIMIT);
    scene.assertOnlySpeaker(scene.ours, group);

    ours.close();
    keepalived.awaitHolding(true, Scene.LIMIT);
    frr.awaitHolding(false, Scene.LIMIT);
    keepalived.stop();
    frr.awaitHolding(true, Scene.LIMIT);

    long back = System.nanoTime();
    Ours.InProcess again = scene.closeLater(Ours.inProcess(scene.ours, group.withPriority(200)));
    again.await(RouterState.ACTIVE, Scene.LIMIT);
    frr.awaitHolding(false, Scene.LIMIT);
    scene.assertServedBy(scene.ours, group, back);
    assertThat(again.events()).noneMatch(event -> event instanceof HavipEvent.OperationFailed);
  }

  private static Peer keepalived(Spec spec) {
    return scene.closeLater(Peer.Kind.KEEPALIVED.start(scene.theirs, spec));
  }
}

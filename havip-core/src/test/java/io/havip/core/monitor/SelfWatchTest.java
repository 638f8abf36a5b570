package io.havip.core.monitor;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static io.havip.RouterState.INITIALIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.Preemption;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.check.Finding;
import io.havip.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Each property that a node judges by itself: a life in order counts nothing, and one that breaks
 * the property is counted. Priority 100, 1 s: Active_Down_Interval is 3.609 s, D and L 250 ms each.
 */
class SelfWatchTest {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  private static final IpAddress PEER = IpAddress.parse("10.0.0.2");
  private static final Cause SILENCE = new Cause.ActiveDown(Duration.ofMillis(3609));
  private static final Cause STARTED = new Cause.Started();

  private final List<String> broken = new ArrayList<>();
  private long now;
  private SelfWatch watch = watch(b -> {});

  private SelfWatch watch(Consumer<VirtualRouterConfigBuilder> change) {
    return watch(change, false);
  }

  private SelfWatch watch(Consumer<VirtualRouterConfigBuilder> change, boolean grouped) {
    VirtualRouterConfigBuilder router =
        VirtualRouterConfig.builder("vr").interfaceName("eth0").vrid(7).address(VIP + "/24");
    change.accept(router);
    return new SelfWatch(router.build(), grouped, now, (Finding f) -> broken.add(f.check()));
  }

  /** Time passes, and the watch is called as it asks. */
  private void pass(long millis) {
    long end = now + millis * 1_000_000;
    while (watch.nextDeadline() <= end) {
      now = Math.max(now, watch.nextDeadline());
      watch.due(now);
    }
    now = end;
    watch.due(now);
  }

  private void state(RouterState from, RouterState to, Cause cause) {
    watch.changed(now, from, to, 100, cause);
  }

  private void hear(int priority) {
    watch.heard(now, now, PEER, priority, 1_000_000_000L);
  }

  private void hearFor(int seconds, int priority) {
    for (int i = 0; i < seconds; i++) {
      hear(priority);
      pass(1000);
    }
  }

  private void takeOver() {
    watch.sent(now, 100);
    watch.address(now, VIP, true);
    state(BACKUP, ACTIVE, SILENCE);
  }

  private void serveFrom(int millis) {
    state(INITIALIZE, BACKUP, STARTED);
    pass(millis);
    takeOver();
    pass(20_000);
  }

  @Test
  void aLifeInOrderBreaksNothing() {
    serveFrom(3609);
    hear(150);
    watch.address(now, VIP, false);
    state(ACTIVE, BACKUP, new Cause.HigherPriority(PEER, 150));
    pass(1000);
    hearFor(30, 150);
    pass(2610);
    takeOver();
    pass(30_000);
    watch.address(now, VIP, false);
    watch.sent(now, 0);
    state(ACTIVE, INITIALIZE, new Cause.Stopped());
    pass(30_000);

    assertThat(broken).isEmpty();
    assertThat(watch.judged())
        .containsExactly("L11", "L2", "L3", "L4", "L6", "S10", "S2", "S4", "S8", "S9");
  }

  @Test
  void s2_whoIsActiveAnswers() {
    state(INITIALIZE, BACKUP, STARTED);
    pass(3609);
    state(BACKUP, ACTIVE, SILENCE);
    pass(20_000);

    assertThat(broken).containsOnly("S2");
  }

  @Test
  void s8_anAddressThatIsOnlyFoundIsNoSignThatTheHostRefusesNothing() {
    watch.hostRefused(now, "remove 10.0.0.50");
    state(INITIALIZE, BACKUP, STARTED);
    watch.found(now, VIP, true);
    pass(1000);
    assertThat(broken).isEmpty();

    watch.address(now, VIP, true);
    pass(1000);
    assertThat(broken).containsOnly("S8");
  }

  @Test
  void s4_aTimerThatIsNotArmedIsNoticed() {
    state(INITIALIZE, BACKUP, STARTED);
    hearFor(30, 150);
    pass(20_000);

    assertThat(broken).contains("S4");
  }

  @Test
  void s4_whoDoesNotYieldIsNoticed() {
    serveFrom(3609);
    hearFor(20, 150);

    assertThat(broken).contains("S4", "L4");
  }

  /** The other side evidently does not hear this node: that is the network's fault. */
  @Test
  void anotherOneOfLowerPriorityIsNoViolation() {
    serveFrom(3609);
    hearFor(20, 50);

    assertThat(broken).isEmpty();
  }

  @Test
  void s8_anAddressThatStaysIsNoticed() {
    serveFrom(3609);
    hear(150);
    state(ACTIVE, BACKUP, new Cause.HigherPriority(PEER, 150));
    pass(900);

    assertThat(broken).contains("S8");
  }

  @Test
  void s8_whatTheHostRefusesIsNotTheNodesFault() {
    serveFrom(3609);
    hear(150);
    watch.hostRefused(now, "remove 10.0.0.50 failed");
    state(ACTIVE, BACKUP, new Cause.HigherPriority(PEER, 150));
    pass(900);

    assertThat(broken).isEmpty();
  }

  @Test
  void s9_aBackupThatSpeaksIsNoticed() {
    state(INITIALIZE, BACKUP, STARTED);
    hearFor(10, 150);
    watch.sent(now, 100);
    pass(900);

    assertThat(broken).containsOnly("S9");
  }

  @Test
  void s10_aChangeWithoutOccasionIsNoticed() {
    serveFrom(3609);
    watch.address(now, VIP, false);
    state(ACTIVE, BACKUP, new Cause.HigherPriority(PEER, 150));

    assertThat(broken).containsOnly("S10");
  }

  @Test
  void s10_aFaultAndALateWakeAreOccasions() {
    serveFrom(3609);
    watch.address(now, VIP, false);
    state(ACTIVE, FAULT, new Cause.FaultRaised("eth0 is down"));
    pass(20_000);
    state(FAULT, BACKUP, new Cause.FaultCleared());
    pass(3609);
    takeOver();
    pass(20_000);
    watch.late(now - 1, now);
    watch.address(now, VIP, false);
    state(ACTIVE, BACKUP, new Cause.LateWake(Duration.ofSeconds(4)));

    assertThat(broken).isEmpty();
  }

  @Test
  void s11_whoMayNotPreemptAndDoesIsNoticed() {
    watch = watch(b -> b.preemption(Preemption.NEVER));
    state(INITIALIZE, BACKUP, STARTED);
    hearFor(30, 50);
    takeOver();

    assertThat(broken).contains("S11");
  }

  @Test
  void l2_aResignationBeforeTheAddressIsOffIsNoticed() {
    serveFrom(3609);
    watch.sent(now, 0);
    watch.address(now, VIP, false);
    state(ACTIVE, INITIALIZE, new Cause.Stopped());

    assertThat(broken).containsOnly("L2");
  }

  @Test
  void l6_whoFollowsTheResignationForAMemberThatHadFallenSilentIsInOrder() {
    state(INITIALIZE, BACKUP, STARTED);
    hearFor(30, 150);
    pass(2500);
    hear(0);
    pass(9);
    takeOver();
    pass(20_000);

    assertThat(broken).isEmpty();
  }

  @Test
  void l2_aResignationThatIsNotFollowedIsNoticed() {
    state(INITIALIZE, BACKUP, STARTED);
    hearFor(30, 150);
    hear(0);
    pass(2000);

    assertThat(broken).containsOnly("L2");
  }

  @Test
  void l3_whoIsAloneAndWaitsTooLongIsNoticed() {
    state(INITIALIZE, BACKUP, STARTED);
    pass(4200);

    assertThat(broken).containsOnly("L3");
  }

  @Test
  void l4_aHigherPriorityThatDoesNotPreemptIsNoticed() {
    state(INITIALIZE, BACKUP, STARTED);
    hearFor(30, 50);

    assertThat(broken).containsOnly("L4");
  }

  @Test
  void l6_aTakeoverOutOfImpatienceIsNoticed() {
    state(INITIALIZE, BACKUP, STARTED);
    hearFor(10, 150);
    pass(2000);
    takeOver();

    assertThat(broken).contains("L6");
  }

  @Test
  void l11_anAddressThatDoesNotComeBackIsNoticed() {
    serveFrom(3609);
    watch.addressLost(now, VIP);
    pass(900);

    assertThat(broken).contains("L11");
  }

  /** A group decides together, so its routers wait for others. */
  @Test
  void aRouterOfASyncGroupIsJudgedByItsOwnHandsOnly() {
    watch = watch(b -> {}, true);

    assertThat(watch.judged()).containsExactly("L11", "L6", "S8", "S9");
  }

  /** An owner's address is always there. */
  @Test
  void anOwnersAddressIsNotJudged() {
    watch = watch(b -> b.priority(255));

    assertThat(watch.judged()).doesNotContain("S2", "S8", "L2", "L11").contains("S4", "S9");
  }

  @Test
  void adverts_atAnotherIntervalAreNotMeasuredByOurs() {
    state(INITIALIZE, BACKUP, STARTED);
    for (int i = 0; i < 10; i++) {
      watch.heard(now, now, PEER, 150, 100_000_000L);
      pass(100);
    }
    pass(300);
    takeOver(); // its own patience was learned from the other's interval

    assertThat(broken).isEmpty();
  }
}

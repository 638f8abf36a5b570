package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.HavipEvent;
import io.havip.Preemption;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.testkit.sim.Exposure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The node's part in a failover, with the timing properties of the catalogue. */
class FailoverTest {

  private static final Duration EPSILON = Duration.ofMillis(5);

  private final Pair pair = new Pair(1);

  /** L3: 3 adverts and the skew of priority 100, 609.375 ms. */
  @Test
  void l3_aloneAtStart_claimsAfterActiveDownInterval() {
    pair.a.start(Pair.router(100).build());
    Duration waited = pair.awaitState(pair.a, ACTIVE);
    assertThat(waited).isBetween(Duration.ofNanos(3_609_375_000L), Duration.ofMillis(3615));
    assertThat(Pair.cause(pair.a))
        .isEqualTo(new Cause.ActiveDown(Duration.ofNanos(3_609_375_000L)));
  }

  @Test
  void owner_claimsAtOnce() {
    pair.a.start(Pair.router(255).build());
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
  }

  /** L1: from the crash between M - T and M. */
  @Test
  void l1_crash_isReplacedWithinActiveDownInterval() {
    start(150, 100);
    pair.a.crash();
    Duration outage = pair.awaitServedBy(pair.b);
    assertThat(outage).isBetween(Duration.ofNanos(2_609_375_000L), Duration.ofMillis(3615));
    assertThat(Pair.cause(pair.b)).isInstanceOf(Cause.ActiveDown.class);
  }

  /** L2: the skew of priority 100, and no moment with two holders. */
  @Test
  void l2_gracefulLeave_isReplacedWithinSkewTimeWithoutOverlap() {
    pair.a.start(Pair.router(150).build());
    pair.awaitServedBy(pair.a);
    pair.b.start(Pair.router(100).quickClaim(Duration.ZERO).build());
    pair.sim.run(Duration.ofSeconds(2));
    Exposure exposure = pair.lan.observe(Pair.VIP);
    pair.a.node().orElseThrow().close();
    Duration outage = pair.awaitServedBy(pair.b);
    assertThat(outage).isBetween(Duration.ofMillis(609), Duration.ofMillis(615));
    assertThat(exposure.overlap()).isZero();
    assertThat(Pair.cause(pair.b)).isInstanceOf(Cause.PeerResigned.class);
  }

  /** The rank of priority 100 after 150, a question, and a round trip for rivals to be heard. */
  @Test
  void l2_gracefulLeave_isReplacedWithinMillisecondsByAQuickClaim() {
    start(150, 100);
    Exposure exposure = pair.lan.observe(Pair.VIP);
    pair.a.node().orElseThrow().close();
    Duration outage = pair.awaitServedBy(pair.b);
    assertThat(outage).isBetween(Duration.ofMillis(11), Duration.ofMillis(15));
    assertThat(exposure.overlap()).isZero();
    assertThat(Pair.cause(pair.b)).isInstanceOf(Cause.PeerResigned.class);
  }

  /** L4: the higher priority preempts; the loser takes its address off when it hears the winner. */
  @Test
  void l4_returningHigherPriority_preempts() {
    start(150, 100);
    pair.a.crash();
    pair.awaitServedBy(pair.b);
    pair.a.restart();
    pair.awaitServedBy(pair.a);
    assertThat(Pair.state(pair.b)).isEqualTo(BACKUP);
    assertThat(Pair.cause(pair.a))
        .isEqualTo(new Cause.Preempted(IpAddress.parse("172.17.16.13"), 100));
    assertThat(pair.lan.answering(Pair.VIP)).isEqualTo(List.of(pair.a));
  }

  /**
   * Two that start together believe in silence together, and tell each other by their addresses.
   */
  @Test
  void equalPrioritiesThatStartTogetherAreToldApartByTheirAddressesAndTheEventSaysSo() {
    pair.a.start(Pair.router(100).build());
    pair.b.start(Pair.router(100).build());
    pair.awaitServedBy(pair.b);
    pair.sim.run(Duration.ofSeconds(2));

    assertThat(Pair.events(pair.b, HavipEvent.LowerPriorityHeard.class))
        .extracting(HavipEvent::describe)
        .isNotEmpty()
        .allMatch(
            "172.17.16.7 also advertises, with the same priority 100 and the lower address"
                ::equals);
    assertThat(Pair.state(pair.a)).isEqualTo(BACKUP);
  }

  /** S11. */
  @Test
  void s11_nopreempt_leavesALiveMemberAlone() {
    pair.a.start(Pair.router(150).preemption(Preemption.NEVER).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.b.start(Pair.router(100).build());
    pair.sim.run(Duration.ofSeconds(2));
    pair.a.crash();
    pair.awaitServedBy(pair.b);
    pair.a.restart();
    pair.sim.run(Duration.ofSeconds(30));
    assertThat(Pair.state(pair.a)).isEqualTo(BACKUP);
    assertThat(Pair.state(pair.b)).isEqualTo(ACTIVE);
  }

  /** S12. */
  @Test
  void s12_preemptDelay_isWaitedFor() {
    pair.b.start(Pair.router(100).build());
    pair.awaitState(pair.b, ACTIVE);
    pair.a.start(Pair.router(150).preemption(new Preemption.After(Duration.ofSeconds(10))).build());
    Duration waited = pair.awaitState(pair.a, ACTIVE);
    assertThat(waited).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
  }

  /** S4 and S3: each side of a cut serves; after the cut one of them yields within an interval. */
  @Test
  void s4_partition_hasOneHolderOnEachSide_andHealsWithinAnInterval() {
    start(150, 100);
    pair.sim.inject(new io.havip.testkit.sim.Fault.Cut("a", "b", true));
    pair.awaitState(pair.b, ACTIVE);
    assertThat(pair.lan.answering(Pair.VIP)).hasSize(2);
    pair.sim.inject(new io.havip.testkit.sim.Fault.MendAll());
    Duration healed = pair.awaitState(pair.b, BACKUP);
    assertThat(healed).isLessThan(Duration.ofSeconds(1).plus(EPSILON));
    pair.awaitServedBy(pair.a);
  }

  /** The late process reads first, stands down, and does not answer the new holder. */
  @Test
  void lateWake_aPausedHolderStandsDownBeforeItSpeaks() {
    start(150, 100);
    pair.a.pause();
    pair.awaitState(pair.b, ACTIVE);
    long before = Pair.snapshot(pair.b).counters().advertsAccepted();
    pair.a.resume();
    Duration yielded = pair.awaitState(pair.a, BACKUP);
    assertThat(yielded).isLessThan(EPSILON);
    assertThat(Pair.cause(pair.a)).isInstanceOf(Cause.LateWake.class);
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(Pair.snapshot(pair.b).counters().advertsAccepted()).isEqualTo(before);
    pair.awaitServedBy(pair.a);
  }

  /** The fence's removal is news of the past: answered with an announcement it would mislead. */
  @Test
  void lateWake_aHolderWhoseFenceActedDoesNotPutItsAddressBack() {
    pair.a.fence(new Fence.OnExitAndStall(Duration.ofMillis(10), Duration.ofSeconds(2)));
    start(200, 100);
    pair.awaitServedBy(pair.a);
    pair.a.pause();
    pair.awaitServedBy(pair.b);
    int before = pair.sim.trace().records().size();

    pair.a.resume();
    pair.sim.run(Duration.ofMillis(500));

    assertThat(pair.sim.trace().records().subList(before, pair.sim.trace().records().size()))
        .noneMatch(r -> r.host().equals("a") && r.detail().startsWith("gratuitous"))
        .noneMatch(r -> r.host().equals("a") && r.detail().contains(" added to "));
    assertThat(pair.client.reaches(Pair.VIP)).contains(pair.b);
  }

  /** L6: a backup that was paused reads what waits for it before it fires its overdue timer. */
  @Test
  void lateWake_aPausedBackupDoesNotElectItself() {
    start(150, 100);
    pair.b.pause(Duration.ofSeconds(20));
    pair.sim.run(Duration.ofSeconds(30));
    assertThat(Pair.state(pair.b)).isEqualTo(BACKUP);
    assertThat(Pair.snapshot(pair.b).counters().becameActive()).isZero();
  }

  /** A receive queue that overflowed holds the oldest adverts; the newest were lost. */
  @Test
  void lateWake_anOverflowedReceiveQueueElectsNobody() {
    pair.b.receiveQueue(2);
    start(150, 100);
    for (int seconds = 4; seconds < 30; seconds += 3) {
      pair.b.pause(Duration.ofSeconds(seconds).plusMillis(100));
      pair.sim.run(Duration.ofSeconds(40));
    }
    assertThat(Pair.snapshot(pair.b).counters().becameActive()).isZero();
  }

  /** The same for a holder that stands down and then reads what is left in its queue. */
  @Test
  void lateWake_anOverflowedReceiveQueueDoesNotShortenTheListening() {
    pair.a.receiveQueue(2);
    start(150, 100);
    pair.a.pause(Duration.ofSeconds(40));
    pair.sim.run(Duration.ofSeconds(41));
    assertThat(Pair.state(pair.a)).isEqualTo(BACKUP);
    Duration waited = pair.awaitState(pair.a, ACTIVE);
    assertThat(waited).isGreaterThan(Duration.ofSeconds(2));
  }

  private void start(int priorityA, int priorityB) {
    pair.a.start(Pair.router(priorityA).build());
    pair.b.start(Pair.router(priorityB).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.run(Duration.ofMillis(2500));
    assertThat(Pair.state(pair.b)).isEqualTo(BACKUP);
  }
}

package io.havip.testkit.wsfc;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Operation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cluster without VRRP moves the HAVIP by announcing it, and quorum decides who does. */
class FailoverClusterTest {

  private static final Duration LEASE = ofSeconds(5);

  private final ClusterScene scene = new ClusterScene(11);

  @Test
  void theFirstMemberServesAndTheHavipFollows() {
    scene.awaitMapped(scene.a);

    assertThat(scene.vpc.console(scene.havip).server()).isEqualTo("sql1");
    assertThat(scene.outside.reaches(ClusterScene.PUBLIC)).contains(scene.a);
  }

  @Test
  void nobodyServesBeforeOldLeasesMustHaveEnded() {
    scene.sim.run(LEASE.minusMillis(1));
    assertThat(scene.holders()).isEmpty();

    scene.sim.run(ofSeconds(1));
    assertThat(scene.holders()).containsExactly(scene.a);
  }

  @Test
  void afterACrashTheOtherServesWhenTheVotesAreFreeAndTheCloudFollows() {
    scene.awaitMapped(scene.a);
    Duration crashed = scene.sim.now();
    scene.a.crash();
    scene.sim.runUntil("sql2 holds", () -> scene.holders().equals(List.of(scene.b)), ofSeconds(9));
    Duration elected = scene.sim.now().minus(crashed);
    scene.awaitMapped(scene.b);

    assertThat(elected).isBetween(LEASE.minusSeconds(1), LEASE.plusSeconds(3));
    assertThat(scene.outside.reaches(ClusterScene.PUBLIC)).contains(scene.b);
    assertThat(scene.vpc.console(scene.havip).server()).isEqualTo("sql2");
  }

  @Test
  void anOrderlyLeaveIsFasterForTheVotesAreGivenBack() {
    scene.awaitMapped(scene.a);
    Exposure exposure = scene.subnet.observe(ClusterScene.VIP);
    scene.a.stop();
    scene.sim.runUntil("sql2 holds", () -> scene.b.has(ClusterScene.VIP), ofSeconds(3));

    assertThat(exposure.overlap()).isZero();
  }

  @Test
  void aHolderCutOffFromTheOthersStopsBeforeAnotherServes() {
    scene.awaitMapped(scene.a);
    Exposure exposure = scene.subnet.observe(ClusterScene.VIP);
    scene.cut("sql1", "sql2");
    scene.cut("sql1", "witness");
    scene.sim.run(LEASE);
    assertThat(scene.a.has(ClusterScene.VIP)).as("its majority has run out").isFalse();

    scene.awaitMapped(scene.b);
    assertThat(exposure.overlap()).isZero();
    assertThat(exposure.longestGap()).isPositive();
  }

  @Test
  void theWitnessDecidesWhenTheMembersDoNotHearEachOther() {
    scene.awaitMapped(scene.a);
    scene.cut("sql1", "sql2");
    scene.sim.run(ofSeconds(60));

    assertThat(scene.holders()).as("sql1 keeps the vote of the witness").containsExactly(scene.a);
  }

  @Test
  void withoutQuorumNobodyServesUntilThereIsOneAgain() {
    scene.awaitMapped(scene.a);
    scene.witness.crash();
    scene.sim.run(ofSeconds(20));
    assertThat(scene.holders()).as("two of three are a majority").containsExactly(scene.a);

    scene.b.crash();
    scene.sim.run(LEASE.plusMillis(1));
    assertThat(scene.holders()).as("one of three is none").isEmpty();
    scene.sim.run(ofSeconds(60));
    assertThat(scene.holders()).isEmpty();
    assertThat(scene.outside.reaches(ClusterScene.PUBLIC)).isEmpty();

    scene.witness.restart();
    scene.awaitMapped(scene.a);
  }

  @Test
  void aVoterThatRestartedDoesNotLendItsVoteTwice() {
    scene.awaitMapped(scene.a);
    Exposure exposure = scene.subnet.observe(ClusterScene.VIP);
    // sql2 would have its own vote and the forgetful witness's, while sql1 still holds.
    scene.cut("sql1", "sql2");
    scene.cut("sql1", "witness");
    scene.sim.run(ofMillis(100));
    scene.witness.restart();
    scene.b.restart();
    scene.awaitMapped(scene.b);

    assertThat(exposure.overlap()).isZero();
  }

  @Test
  void aMemberThatSleptTooLongTakesTheAddressOffWhenItWakes() {
    scene.awaitMapped(scene.a);
    scene.a.pause();
    scene.awaitMapped(scene.b);
    scene.sim.run(ofSeconds(5));
    scene.a.resume();
    scene.sim.run(ofSeconds(30));

    assertThat(scene.holders()).containsExactly(scene.b);
    assertThat(scene.vpc.holder(ClusterScene.VIP)).contains(scene.b);
  }

  @Test
  void anAddressThatTheHostRefusesIsLeftToTheOther() {
    scene.sim.inject(new Fault.Refuse("sql1", Operation.BIND));
    scene.awaitMapped(scene.b);

    assertThat(scene.holders()).containsExactly(scene.b);
  }

  @Test
  void aClusterThatCannotVoteIsRefused() {
    assertThatThrownBy(() -> FailoverCluster.of("10.0.1.50/24", "10.0.1.9", "10.0.1.7"))
        .hasMessageContaining("two different members");
    assertThatThrownBy(() -> FailoverCluster.of("10.0.1.50/24", "10.0.1.7", "10.0.1.7", "10.0.1.8"))
        .hasMessageContaining("is a member");
    FailoverCluster good = FailoverCluster.of("10.0.1.50/24", "10.0.1.9", "10.0.1.7", "10.0.1.8");
    assertThatThrownBy(() -> good.member("10.0.1.77")).hasMessageContaining("no member");
    assertThatThrownBy(() ->
            new FailoverCluster(
                good.members(),
                IpAddress.parse("10.0.1.9"),
                good.address(),
                "eth0",
                ofSeconds(1),
                ofMillis(1999)))
        .hasMessageContaining("at least two heartbeats");
  }
}

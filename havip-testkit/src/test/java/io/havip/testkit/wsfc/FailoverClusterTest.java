package io.havip.testkit.wsfc;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Operation;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
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
    scene.sim.run(LEASE.plusSeconds(3));

    assertThat(scene.holders()).containsExactly(scene.b);
    scene.awaitMapped(scene.b);
  }

  /** On an ordinary network, for votes have nothing to do with the cloud. */
  private static final class Lan {

    private final Simulation sim = Simulation.seeded(3);
    private final SimNetwork network = sim.segment("10.0.1.0/24");
    private final List<SimHost> members = new ArrayList<>();

    private Lan(int size, Duration lease) {
      List<IpAddress> addresses = new ArrayList<>();
      for (int i = 1; i <= size; i++) {
        addresses.add(IpAddress.parse("10.0.1." + i));
      }
      FailoverCluster cluster =
          new FailoverCluster(
              addresses,
              IpAddress.parse("10.0.1.9"),
              VirtualAddress.parse("10.0.1.50/24"),
              "eth0",
              ofSeconds(1),
              lease);
      for (IpAddress address : addresses) {
        SimHost host = network.host("sql" + (members.size() + 1), address.toString());
        host.start(cluster.member(address.toString()));
        members.add(host);
      }
      network.host("witness", "10.0.1.9").start(cluster.witnessProgram());
    }

    private List<SimHost> holders() {
      return members.stream().filter(host -> host.has(ClusterScene.VIP)).toList();
    }
  }

  @Test
  void theAddressGoesTheMomentTheMajorityEndsNotAtTheNextHeartbeat() {
    Lan lan = new Lan(2, ofMillis(4500));
    lan.sim.run(ofMillis(10_500));
    assertThat(lan.holders()).containsExactly(lan.members.getFirst());
    lan.sim.inject(new Fault.Partition(List.of("sql1")));
    // It asked last at 10 s.
    lan.sim.run(ofMillis(3999));
    assertThat(lan.holders()).containsExactly(lan.members.getFirst());
    lan.sim.run(ofMillis(2));
    assertThat(lan.holders()).isEmpty();
  }

  @Test
  void splitVotesAreGivenBackSoThatOneGetsThemAll() {
    Lan lan = new Lan(3, LEASE);
    // sql1 has its own vote and that of the witness, the others have their two: three are needed.
    lan.sim.inject(new Fault.Cut("sql1", "sql2", true));
    lan.sim.inject(new Fault.Cut("sql1", "sql3", true));
    lan.sim.runUntil("one serves", () -> !lan.holders().isEmpty(), ofSeconds(60));

    assertThat(lan.holders()).hasSize(1).doesNotContain(lan.members.getFirst());
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

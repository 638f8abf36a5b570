package io.havip.testkit.sim;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.core.vpc.VpcRefusedException;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.testkit.vpc.SimVpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The VPC's mapping follows accepted announcements, and traffic follows the mapping. */
class VpcTest {

  private static final IpAddress HAVIP = IpAddress.parse("10.0.1.50");
  private static final VirtualAddress BOUND = VirtualAddress.parse("10.0.1.50/24");

  private final Simulation sim = Simulation.seeded(5);
  private final SimVpc vpc =
      new SimVpc(sim, "vpc-1", "10.0.0.0/16").convergence(ofSeconds(2), ofSeconds(2));
  private final SimNetwork subnet = vpc.subnet("10.0.1.0/24");
  private final SimHost a = subnet.host("a", "10.0.1.7");
  private final SimHost b = subnet.host("b", "10.0.1.8");
  private final SimClient client = subnet.client("client", "10.0.1.100");
  private final Talker onA = Talker.on(a);
  private final Talker onB = Talker.on(b);

  private void take(Talker talker) {
    talker.platform().addresses().add("eth0", BOUND);
    talker.platform().announcer().announce("eth0", HAVIP);
  }

  @Test
  void mappingFollowsAnAcceptedAnnouncementAfterTheConvergenceTime() {
    vpc.register(HAVIP);
    assertThat(vpc.holder(HAVIP)).isEmpty();
    take(onA);
    assertThat(sim.runUntil(() -> vpc.holder(HAVIP).isPresent(), ofSeconds(10)))
        .isEqualTo(ofSeconds(2));
    assertThat(vpc.holder(HAVIP)).contains(a);
    assertThat(client.reaches(HAVIP)).contains(a);
  }

  @Test
  void addressThatIsNotRegisteredIsIgnoredWithoutASignalToTheSender() {
    take(onA);
    sim.run(ofSeconds(10));
    assertThat(client.reaches(HAVIP)).isEmpty();
    assertThat(client.cached(HAVIP)).isEmpty();
    assertThat(sim.trace().records(TraceKind.VPC))
        .singleElement()
        .satisfies(r -> assertThat(r.detail()).contains("ignored"));
  }

  @Test
  void primaryAddressOfAnotherHostIsNeverMoved() {
    onA.platform().announcer().announce("eth0", IpAddress.parse("10.0.1.8"));
    sim.run(ofSeconds(10));
    onA.say("10.0.1.7", "10.0.1.8", "to b");
    sim.run(ofSeconds(1));
    assertThat(onB.texts()).containsExactly("to b");
  }

  @Test
  void havipOfAnotherSubnetIsIgnored() {
    SimNetwork other = vpc.subnet("10.0.2.0/24");
    vpc.register(HAVIP);
    Talker onC = Talker.on(other.host("c", "10.0.2.7"));
    onC.platform().announcer().announce("eth0", HAVIP);
    sim.run(ofSeconds(10));
    assertThat(vpc.holder(HAVIP)).isEmpty();
  }

  @Test
  void lastAcceptedAnnouncementWinsAndTrafficFollowsTheMappingNotTheKernel() {
    vpc.register(HAVIP);
    take(onA);
    sim.run(ofSeconds(5));
    take(onB);
    sim.run(ofSeconds(1));
    assertThat(subnet.answering(HAVIP)).containsExactly(a, b);
    assertThat(client.reaches(HAVIP)).as("not yet converged").contains(a);
    sim.run(ofSeconds(2));
    assertThat(client.reaches(HAVIP)).contains(b);
    onB.platform().addresses().remove("eth0", BOUND);
    assertThat(client.reaches(HAVIP)).as("mapped to a host that lacks it").isEmpty();
  }

  @Test
  void twoAnnouncersMakeTheMappingFlap() {
    vpc.register(HAVIP).convergence(ZERO, ZERO);
    List<String> holders = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      Talker who = i % 2 == 0 ? onA : onB;
      sim.at(ofSeconds(i), "announce", () -> take(who));
      sim.at(
          ofMillis(i * 1000 + 1),
          "look",
          () -> holders.add(vpc.holder(HAVIP).map(SimHost::name).orElse("-")));
    }
    sim.run(ofSeconds(10));
    assertThat(holders).containsExactly("b", "a", "b", "a");
  }

  @Test
  void announcementsAreAppliedInTheirOrder() {
    vpc.register(HAVIP).convergence(ZERO, ofSeconds(10));
    for (int round = 0; round < 20; round++) {
      Talker last = round % 2 == 0 ? onA : onB;
      take(last == onA ? onB : onA);
      take(last);
      sim.run(ofSeconds(30));
      assertThat(vpc.holder(HAVIP)).contains(last == onA ? a : b);
    }
  }

  @Test
  void multicastDoesNotPassUnlessAllowed() {
    onA.say("10.0.1.7", Talker.GROUP, "one");
    sim.run(ofSeconds(1));
    assertThat(onB.heard).isEmpty();
    vpc.multicast(true);
    onA.say("10.0.1.7", Talker.GROUP, "two");
    sim.run(ofSeconds(1));
    assertThat(onB.texts()).containsExactly("two");
  }

  @Test
  void segmentWithoutMulticastCarriesUnicastAndAnnouncements() {
    Simulation other = Simulation.seeded(1);
    SimNetwork lan = other.segment("10.0.1.0/24").multicast(false);
    Talker x = Talker.on(lan.host("x", "10.0.1.7"));
    Talker y = Talker.on(lan.host("y", "10.0.1.8"));
    SimClient z = lan.client("z", "10.0.1.9");
    x.say("10.0.1.7", Talker.GROUP, "group");
    x.say("10.0.1.7", "10.0.1.8", "peer");
    x.platform().announcer().announce("eth0", HAVIP);
    other.run(ofSeconds(1));
    assertThat(y.texts()).containsExactly("peer");
    assertThat(z.cached(HAVIP)).contains(other.host("x"));
  }

  @Test
  void probeIsAnsweredWhileTheHavipIsMappedToAnother() {
    vpc.register(HAVIP);
    take(onA);
    sim.run(ofSeconds(5));
    List<Boolean> ends = new ArrayList<>();
    long soon = sim.nanos() + 1_000_000_000L;
    onB.platform().announcer().probe("eth0", HAVIP, soon, ends::add);
    onA.platform().announcer().probe("eth0", HAVIP, soon, ends::add);
    sim.run(ofSeconds(2));
    assertThat(ends).containsExactly(true, false);
  }

  @Test
  void blocksAndAddressesAreChecked() {
    assertThatThrownBy(() -> vpc.subnet("10.1.0.0/24")).isInstanceOf(VpcRefusedException.class);
    assertThatThrownBy(() -> vpc.subnet("10.0.1.128/25"))
        .isInstanceOf(VpcRefusedException.class)
        .hasMessageContaining("overlaps");
    assertThatThrownBy(() -> vpc.register(IpAddress.parse("10.0.9.9")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> vpc.register(IpAddress.parse("10.0.1.7")))
        .isInstanceOf(VpcRefusedException.class)
        .hasMessageContaining("address-in-use");
    assertThatThrownBy(() -> subnet.multicast(true)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vpc.holder(HAVIP)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> vpc.convergence(ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

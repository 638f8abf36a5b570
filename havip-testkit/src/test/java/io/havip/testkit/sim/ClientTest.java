package io.havip.testkit.sim;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import org.junit.jupiter.api.Test;

/** What clients see, and how overlap and gaps are measured. */
class ClientTest {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  private static final VirtualAddress BOUND = VirtualAddress.parse("10.0.0.50/24");

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost a = lan.host("a", "10.0.0.1");
  private final SimHost b = lan.host("b", "10.0.0.2");
  private final SimClient client = lan.client("client", "10.0.0.100");
  private final Talker onA = Talker.on(a);
  private final Talker onB = Talker.on(b);

  private void bind(Talker talker) {
    talker.platform().addresses().add("eth0", BOUND);
  }

  private void unbind(Talker talker) {
    talker.platform().addresses().remove("eth0", BOUND);
  }

  @Test
  void everyKernelThatHasTheAddressAnswers() {
    bind(onB);
    bind(onA);
    client.ask(VIP);
    sim.run(ofMillis(1));
    assertThat(client.answers(VIP)).containsExactly(a, b);
    assertThat(client.cached(VIP)).as("the last answer").contains(b);
    unbind(onA);
    client.ask(VIP);
    assertThat(client.answers(VIP)).isEmpty();
    sim.run(ofMillis(1));
    assertThat(client.answers(VIP)).containsExactly(b);
  }

  @Test
  void ipv6IsAskedForAndAnsweredToo() {
    IpAddress six = IpAddress.parse("fd00::50");
    onA.platform().addresses().add("eth0", VirtualAddress.of(six));
    client.ask(six);
    sim.run(ofMillis(1));
    assertThat(client.answers(six)).containsExactly(a);
    assertThat(client.reaches(six)).contains(a);
  }

  @Test
  void cutsCountForTheClientTheyConcern() {
    bind(onA);
    sim.inject(new Fault.Cut("a", "client", false));
    client.ask(VIP);
    sim.run(ofMillis(1));
    assertThat(client.answers(VIP)).isEmpty();
    assertThat(client.answering(VIP)).isEmpty();
    assertThat(lan.answering(VIP)).containsExactly(a);
    assertThat(lan.client("other", "10.0.0.101").answering(VIP)).containsExactly(a);
  }

  @Test
  void exposureMeasuresOverlapAndGapExactly() {
    Exposure exposure = lan.observe(VIP);
    sim.at(ofSeconds(1), "a binds", () -> bind(onA));
    sim.at(ofSeconds(4), "b binds", () -> bind(onB));
    sim.at(ofMillis(4300), "a unbinds", () -> unbind(onA));
    sim.at(ofSeconds(6), new Fault.CableCut("b"));
    sim.at(ofSeconds(8), new Fault.CableMended("b"));
    sim.at(ofSeconds(9), new Fault.Crash("b"));
    sim.run(ofSeconds(10));
    assertThat(exposure.overlap()).isEqualTo(ofMillis(300));
    assertThat(exposure.longestOverlap()).isEqualTo(ofMillis(300));
    assertThat(exposure.gap()).isEqualTo(ofSeconds(3));
    assertThat(exposure.longestGap()).isEqualTo(ofSeconds(2));
    assertThat(exposure.spans())
        .extracting(Exposure.Span::hosts)
        .containsExactly(
            java.util.List.of(),
            java.util.List.of(a),
            java.util.List.of(a, b),
            java.util.List.of(b),
            java.util.List.of(),
            java.util.List.of(b),
            java.util.List.of());
    assertThat(exposure.toString()).contains("1.000000000 to 4.000000000 [a]");
  }

  @Test
  void changesThatTakeNoTimeAreNotExposed() {
    bind(onA);
    Exposure exposure = lan.observe(VIP);
    sim.at(
        ofSeconds(1),
        "hand over in one instant",
        () -> {
          bind(onB);
          unbind(onA);
          bind(onA);
          unbind(onB);
        });
    sim.run(ofSeconds(2));
    assertThat(exposure.overlap()).isEqualTo(ZERO);
    assertThat(exposure.spans())
        .singleElement()
        .extracting(Exposure.Span::length)
        .isEqualTo(ofSeconds(2));
  }

  @Test
  void overlapOfChangingHostsIsOne() {
    SimHost c = lan.host("c", "10.0.0.3");
    Talker onC = Talker.on(c);
    bind(onA);
    Exposure exposure = lan.observe(VIP);
    sim.at(ofSeconds(1), "b binds", () -> bind(onB));
    sim.at(ofSeconds(2), "c binds", () -> bind(onC));
    sim.at(
        ofSeconds(3),
        "a and b unbind",
        () -> {
          unbind(onA);
          unbind(onB);
        });
    sim.run(ofSeconds(9));
    assertThat(exposure.longestOverlap()).isEqualTo(ofSeconds(2));
    assertThat(exposure.overlap()).isEqualTo(ofSeconds(2));
  }

  @Test
  void trafficFollowsTheCacheAndNotTheTruth() {
    Exposure traffic = client.observeTraffic(VIP);
    bind(onA);
    onA.platform().announcer().announce("eth0", VIP);
    sim.run(ofSeconds(1));
    unbind(onA);
    bind(onB);
    sim.run(ofSeconds(2));
    assertThat(client.reaches(VIP)).as("nobody announced b").isEmpty();
    onB.platform().announcer().announce("eth0", VIP);
    sim.run(ofSeconds(1));
    assertThat(client.reaches(VIP)).contains(b);
    assertThat(traffic.gap()).isEqualTo(ofSeconds(2).plusNanos(100_000));
  }
}

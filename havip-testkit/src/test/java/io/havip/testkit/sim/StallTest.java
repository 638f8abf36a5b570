package io.havip.testkit.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that does not run, while its kernel does; and a host that does not run at all. */
class StallTest {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  private static final VirtualAddress BOUND = VirtualAddress.parse("10.0.0.50/24");

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost a = lan.host("a", "10.0.0.1");
  private final SimHost b = lan.host("b", "10.0.0.2");
  private final SimClient client = lan.client("client", "10.0.0.100");
  private final Talker onA = Talker.on(a);
  private final Talker onB = Talker.on(b);

  @BeforeEach
  void makeBothKnowEachOther() {
    onA.say("10.0.0.1", "10.0.0.2", "hi");
    sim.run(ofSeconds(1));
    onA.heard.clear();
    onA.log.clear();
  }

  private void sayEach(Duration interval, int times) {
    for (int i = 1; i <= times; i++) {
      String text = "m" + i;
      sim.at(
          sim.now().plus(interval.multipliedBy(i)),
          text,
          () -> onB.say("10.0.0.2", "10.0.0.1", text));
    }
  }

  @Test
  void afterAPauseWhatWasQueuedIsReadBeforeTheOverdueDeadlineFires() {
    onA.platform().timers().newDeadline(() -> onA.log.add("deadline")).arm(1_500_000_000L);
    a.pause();
    sayEach(ofSeconds(1), 3);
    sim.run(ofSeconds(5));
    assertThat(onA.log).isEmpty();
    a.resume();
    sim.run(ofSeconds(1));
    assertThat(onA.log).containsExactly("heard m1", "heard m2", "heard m3", "deadline");
  }

  @Test
  void whatWaitedCarriesTheTimeOfItsArrival() {
    a.pause();
    sayEach(ofSeconds(1), 2);
    sim.run(ofSeconds(5));
    a.resume();
    sim.run(ofSeconds(1));
    assertThat(onA.heard)
        .extracting(Talker.Heard::receivedAt)
        .containsExactly(2_000_100_000L, 3_000_100_000L);
    assertThat(onA.heard).extracting(Talker.Heard::at).containsOnly(6_000_000_000L);
    assertThat(sim.trace().records(TraceKind.READ).getFirst().detail()).contains("waited 3.9999 s");
  }

  @Test
  void overdueDeadlinesFireInTheOrderOfTheirTimes() {
    var timers = onA.platform().timers();
    timers.newDeadline(() -> onA.log.add("third")).arm(3_000_000_000L);
    timers.newDeadline(() -> onA.log.add("first")).arm(1_100_000_000L);
    timers.newDeadline(() -> onA.log.add("second")).arm(2_000_000_000L);
    a.pause(ofSeconds(9));
    sim.run(ofSeconds(10));
    assertThat(onA.log).containsExactly("first", "second", "third");
  }

  @Test
  void deadlineArmedForThePastGoesBeforeThoseThatAreOverdueSinceLater() {
    var timers = onA.platform().timers();
    timers.newDeadline(() -> onA.log.add("later")).arm(1_100_000_000L);
    a.pause();
    sim.run(ofSeconds(1));
    timers.newDeadline(() -> onA.log.add("sooner")).arm(500_000_000L);
    sim.run(ofSeconds(1));
    a.resume();
    sim.run(ofSeconds(1));
    assertThat(onA.log).containsExactly("sooner", "later");
  }

  @Test
  void whatReadingBringsAboutIsReadBeforeTheOverdueDeadlineFires() {
    onA.onHeard = () -> onA.platform().addresses().add("eth0", BOUND);
    onA.platform().timers().newDeadline(() -> onA.log.add("deadline")).arm(1_500_000_000L);
    a.pause();
    sayEach(ofSeconds(1), 1);
    sim.run(ofSeconds(5));
    a.resume();
    sim.run(ofSeconds(1));
    assertThat(onA.log).containsExactly("heard m1", "up [10.0.0.1, 10.0.0.50]", "deadline");
  }

  @Test
  void kernelOfAPausedProcessAnswersArp() {
    onA.platform().addresses().add("eth0", BOUND);
    a.pause();
    client.ask(VIP);
    sim.run(ofMillis(1));
    assertThat(client.answers(VIP)).containsExactly(a);
    assertThat(lan.answering(VIP)).containsExactly(a);
  }

  @Test
  void tasksAndWorkersWaitForTheEndOfThePause() {
    onA.platform().workers().execute(() -> onA.log.add("work"));
    onA.platform().execute(() -> onA.log.add("task"));
    a.pause(ofSeconds(1));
    sim.run(ofMillis(999));
    assertThat(onA.log).isEmpty();
    sim.run(ofMillis(2));
    assertThat(onA.log).containsExactly("task", "work");
  }

  @Test
  void stopOfAPausedProcessWaitsForTheEndOfThePause() {
    a.pause();
    a.stop();
    sim.run(ofSeconds(1));
    assertThat(a.running()).isTrue();
    a.resume();
    sim.run(ofSeconds(1));
    assertThat(onA.log).containsExactly("stop");
    assertThat(a.running()).isFalse();
  }

  @Test
  void linkChangesWaitToo() {
    a.pause();
    sim.during(ofSeconds(1), new Fault.LinkDown("a", "eth0"));
    sim.run(ofSeconds(2));
    assertThat(onA.log).isEmpty();
    a.resume();
    sim.run(ofSeconds(1));
    assertThat(onA.log).containsExactly("down [10.0.0.1]", "up [10.0.0.1]");
  }

  @Test
  void receiveQueueIsBounded() {
    a.receiveQueue(2);
    a.pause();
    sayEach(ofMillis(10), 4);
    sim.run(ofSeconds(1));
    a.resume();
    sim.run(ofSeconds(1));
    assertThat(onA.texts()).containsExactly("m1", "m2");
    assertThat(sim.trace().records(TraceKind.DROP)).hasSize(2);
  }

  @Test
  void codeOfAPausedProcessCannotActOnItsHost() {
    a.pause();
    assertThatThrownBy(() -> onA.say("10.0.0.1", Talker.GROUP, "x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("paused");
    assertThatThrownBy(() -> onA.platform().addresses().add("eth0", BOUND))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void slowProcessReadsLateButKeepsTheTimeOfArrival() {
    sim.inject(new Fault.Slow("a", ofMillis(30), Duration.ZERO));
    onB.say("10.0.0.2", "10.0.0.1", "m");
    sim.run(ofSeconds(1));
    assertThat(onA.heard)
        .singleElement()
        .satisfies(h -> assertThat(h.at() - h.receivedAt()).isEqualTo(30_000_000));
    sim.inject(new Fault.Slow("a", Duration.ZERO, Duration.ZERO));
    onB.say("10.0.0.2", "10.0.0.1", "n");
    sim.run(ofSeconds(1));
    assertThat(onA.heard.getLast().at()).isEqualTo(onA.heard.getLast().receivedAt());
  }

  @Test
  void slowProcessReadsWhatCameMeanwhileBeforeItsDeadlineFires() {
    sim.inject(new Fault.Slow("a", ofMillis(30), Duration.ZERO));
    onA.platform().timers().newDeadline(() -> onA.log.add("deadline")).arm(1_010_000_000L);
    sayEach(ofMillis(20), 1);
    sim.run(ofSeconds(1));
    assertThat(onA.log).containsExactly("heard m1", "deadline");
  }

  @Test
  void frozenHostAnswersNothingLosesPacketsAndItsClockStandsStill() {
    onA.platform().addresses().add("eth0", BOUND);
    onA.platform()
        .timers()
        .newDeadline(() -> onA.log.add("deadline " + sim.nanos()))
        .arm(3_000_000_000L);
    sim.run(ofMillis(1));
    onA.log.clear();
    sim.inject(new Fault.Freeze("a"));
    sayEach(ofSeconds(1), 3);
    assertThat(lan.answering(VIP)).isEmpty();
    long before = onA.platform().timers().now();
    sim.run(ofSeconds(10));
    assertThat(onA.platform().timers().now()).isEqualTo(before);
    assertThat(onA.log).isEmpty();
    sim.inject(new Fault.Thaw("a"));
    assertThat(lan.answering(VIP)).as("and nobody told it").containsExactly(a);
    sim.run(ofSeconds(10));
    assertThat(onA.log).containsExactly("deadline 13000000000");
    assertThat(onA.heard).isEmpty();
  }

  @Test
  void frozenProcessDoesNotWork() {
    onA.platform().workers().execute(() -> onA.log.add("work"));
    onA.platform().execute(() -> onA.log.add("task"));
    sim.inject(new Fault.Freeze("a"));
    sim.run(ofSeconds(1));
    assertThat(onA.log).isEmpty();
    sim.inject(new Fault.Thaw("a"));
    sim.run(ofSeconds(1));
    assertThat(onA.log).containsExactlyInAnyOrder("task", "work");
  }

  @Test
  void deadlineArmedAfterAFreezeIsNeitherEarlyNorLate() {
    sim.during(ofSeconds(5), new Fault.Freeze("a"));
    sim.run(ofSeconds(6));
    long now = onA.platform().timers().now();
    assertThat(now).isEqualTo(2_000_000_000L);
    onA.platform().timers().newDeadline(() -> onA.log.add("at " + sim.nanos())).arm(now + 7);
    sim.run(ofSeconds(1));
    assertThat(onA.log).isEqualTo(List.of("at 7000000007"));
  }
}

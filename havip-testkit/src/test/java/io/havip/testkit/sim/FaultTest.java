package io.havip.testkit.sim;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each fault does what it says, and no more. */
class FaultTest {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  private static final VirtualAddress BOUND = VirtualAddress.parse("10.0.0.50/24");

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost a = lan.host("a", "10.0.0.1");
  private final SimHost b = lan.host("b", "10.0.0.2");
  private final SimHost c = lan.host("c", "10.0.0.3");
  private final Talker onA = Talker.on(a);
  private final Talker onB = Talker.on(b);
  private final Talker onC = Talker.on(c);

  private void everybodySays(String text) {
    onA.say("10.0.0.1", Talker.GROUP, "a" + text);
    onB.say("10.0.0.2", Talker.GROUP, "b" + text);
    onC.say("10.0.0.3", Talker.GROUP, "c" + text);
    sim.run(ofSeconds(1));
  }

  @Test
  void killLeavesTheAddressInTheKernelAndSilencesTheProcess() {
    onA.platform().addresses().add("eth0", BOUND);
    onA.platform().timers().newDeadline(() -> onA.log.add("deadline")).arm(5);
    onA.platform().workers().execute(() -> onA.log.add("work"));
    a.kill();
    onB.say("10.0.0.2", "10.0.0.1", "hello");
    sim.run(ofSeconds(5));
    assertThat(onA.log).isEmpty();
    assertThat(a.running()).isFalse();
    assertThat(lan.answering(VIP)).containsExactly(a);
  }

  @Test
  void codeThatIsStillRunningWhenItsProcessIsKilledHasNoEffect() {
    onA.platform()
        .execute(() -> {
          a.kill();
          onA.platform().addresses().add("eth0", BOUND);
          onA.say("10.0.0.1", Talker.GROUP, "ghost");
          onA.platform().announcer().announce("eth0", VIP);
        });
    sim.run(ofSeconds(1));
    assertThat(a.has(VIP)).isFalse();
    assertThat(onB.heard).isEmpty();
    assertThat(sim.trace().records(TraceKind.SEND)).isEmpty();
  }

  @Test
  void crashTakesTheWholeHostAwayAndRestartBringsItBackWithItsOwnAddresses() {
    onA.platform().addresses().add("eth0", BOUND);
    a.crash();
    assertThat(lan.answering(VIP)).isEmpty();
    assertThat(lan.answering(IpAddress.parse("10.0.0.1"))).isEmpty();
    assertThat(a.has(VIP)).isFalse();
    sim.run(ofSeconds(1));
    a.restart();
    assertThat(a.running()).isTrue();
    assertThat(a.has(VIP)).isFalse();
    assertThat(lan.answering(IpAddress.parse("10.0.0.1"))).containsExactly(a);
    onA.heard.clear();
    everybodySays("1");
    assertThat(onA.texts()).containsExactly("b1", "c1");
  }

  @Test
  void restartAfterAKillFindsTheAddressTheDeadProcessLeft() {
    onA.platform().addresses().add("eth0", BOUND);
    a.kill();
    a.restart();
    assertThat(a.has(VIP)).isTrue();
    onA.platform().addresses().add("eth0", BOUND);
    onA.platform().addresses().remove("eth0", BOUND);
    assertThat(a.has(VIP)).isFalse();
  }

  @Test
  void linkDownStopsBothDirectionsAndArp() {
    onA.platform().addresses().add("eth0", BOUND);
    sim.inject(new Fault.LinkDown("a", "eth0"));
    everybodySays("1");
    assertThat(onA.heard).isEmpty();
    assertThat(onB.texts()).containsExactly("c1");
    assertThat(lan.answering(VIP)).isEmpty();
    assertThat(a.has(VIP)).as("the address stays").isTrue();
    sim.inject(new Fault.LinkUp("a", "eth0"));
    everybodySays("2");
    assertThat(onA.texts()).containsExactly("b2", "c2");
    assertThat(lan.answering(VIP)).containsExactly(a);
  }

  @Test
  void cutCableStopsBothDirectionsWithoutTellingTheHost() {
    sim.inject(new Fault.CableCut("a"));
    everybodySays("1");
    assertThat(onA.log).isEmpty();
    assertThat(onB.texts()).containsExactly("c1");
    assertThat(lan.answering(IpAddress.parse("10.0.0.1"))).isEmpty();
    assertThat(a.link("eth0").orElseThrow().up()).isTrue();
    sim.inject(new Fault.CableMended("a"));
    everybodySays("2");
    assertThat(onA.texts()).containsExactly("b2", "c2");
  }

  @Test
  void frameOnItsWayIsLostWhenTheCableIsCut() {
    onB.say("10.0.0.2", Talker.GROUP, "hello");
    sim.inject(new Fault.CableCut("a"));
    sim.run(ofSeconds(1));
    assertThat(onA.heard).isEmpty();
    assertThat(onC.texts()).containsExactly("hello");
  }

  @Test
  void oneWayCutStopsOneDirectionOnly() {
    sim.inject(new Fault.Cut("a", "b", false));
    everybodySays("1");
    assertThat(onA.texts()).containsExactly("b1", "c1");
    assertThat(onB.texts()).containsExactly("c1");
    assertThat(onC.texts()).containsExactly("a1", "b1");
    sim.inject(new Fault.Mend("a", "b", false));
    everybodySays("2");
    assertThat(onB.texts()).containsExactly("c1", "a2", "c2");
  }

  @Test
  void twoWayCutStopsBothDirectionsBetweenTwo() {
    sim.during(ofSeconds(1), new Fault.Cut("a", "b", true));
    everybodySays("1");
    assertThat(onA.texts()).containsExactly("c1");
    assertThat(onB.texts()).containsExactly("c1");
    everybodySays("2");
    assertThat(onA.texts()).containsExactly("c1", "b2", "c2");
  }

  @Test
  void partitionCutsOneSideOffFromTheRest() {
    sim.during(ofSeconds(1), new Fault.Partition(List.of("a", "b")));
    everybodySays("1");
    assertThat(onA.texts()).containsExactly("b1");
    assertThat(onB.texts()).containsExactly("a1");
    assertThat(onC.texts()).isEmpty();
    everybodySays("2");
    assertThat(onC.texts()).containsExactly("a2", "b2");
  }

  @Test
  void mendAllEndsCutsAndImpairments() {
    everybodySays("0");
    sim.inject(new Fault.Cut("a", "b", true));
    sim.inject(new Fault.CableCut("c"));
    sim.inject(new Fault.Impair("b", "a", Quality.LAN.withLoss(1)));
    sim.inject(new Fault.MendAll());
    everybodySays("1");
    assertThat(onA.texts()).containsExactly("b0", "c0", "b1", "c1");
    assertThat(onB.texts()).containsExactly("a0", "c0", "a1", "c1");
  }

  @Test
  void delayAndJitterStayInTheirRange() {
    sim.inject(
        new Fault.Impair("a", "b", Quality.of(ofMillis(5)).withDelay(ofMillis(5), ofMillis(3))));
    for (int i = 0; i < 200; i++) {
      sim.at(ofMillis(100L * i), "say", () -> onA.say("10.0.0.1", Talker.GROUP, "x"));
    }
    sim.run(ofSeconds(100));
    assertThat(onB.heard).hasSize(200);
    assertThat(onB.heard)
        .allMatch(h -> h.at() % 100_000_000 >= 5_000_000 && h.at() % 100_000_000 <= 8_000_000);
    assertThat(onB.heard.stream().map(h -> h.at() % 100_000_000).distinct().count())
        .isGreaterThan(150);
    assertThat(onC.heard).allMatch(h -> h.at() % 100_000_000 == 100_000);
  }

  @Test
  void jitterAloneDoesNotReorder() {
    lan.quality(Quality.of(ofMillis(1)).withDelay(ofMillis(1), ofMillis(50)));
    for (int i = 0; i < 100; i++) {
      String text = String.valueOf(i);
      sim.at(ofMillis(i), text, () -> onA.say("10.0.0.1", Talker.GROUP, text));
    }
    sim.run(ofSeconds(10));
    assertThat(onB.texts().stream().map(Integer::valueOf).toList()).hasSize(100).isSorted();
  }

  @Test
  void reorderLetsLaterFramesOvertake() {
    lan.quality(Quality.LAN.withReorder(0.2, ofMillis(10)));
    for (int i = 0; i < 100; i++) {
      String text = String.valueOf(i);
      sim.at(ofMillis(i), text, () -> onA.say("10.0.0.1", Talker.GROUP, text));
    }
    sim.run(ofSeconds(10));
    List<Integer> order = onB.texts().stream().map(Integer::valueOf).toList();
    assertThat(order).hasSize(100);
    assertThat(order).isNotEqualTo(order.stream().sorted().toList());
  }

  @Test
  void lossLosesItsShareAndDuplicationDoublesItsShare() {
    sim.inject(new Fault.Impair("a", "b", Quality.LAN.withLoss(0.3)));
    sim.inject(new Fault.Impair("a", "c", Quality.LAN.withDuplicate(0.3)));
    for (int i = 0; i < 2000; i++) {
      sim.at(ofMillis(i), "say", () -> onA.say("10.0.0.1", Talker.GROUP, "x"));
    }
    sim.run(ofSeconds(10));
    assertThat(onB.heard.size()).isBetween(1300, 1500);
    assertThat(onC.heard.size()).isBetween(2500, 2700);
  }

  @Test
  void qualityOfTheSegmentSparesPathsWithTheirOwn() {
    sim.inject(new Fault.Impair("a", "c", Quality.LAN));
    sim.inject(new Fault.ImpairAll("lan1", Quality.LAN.withLoss(1)));
    everybodySays("1");
    assertThat(onA.heard).isEmpty();
    assertThat(onB.heard).isEmpty();
    assertThat(onC.texts()).containsExactly("a1");
  }

  @Test
  void wallClockJumpsWithoutTouchingTheMonotonicClock() {
    Instant before = onA.platform().timers().wallTime();
    long monotonic = onA.platform().timers().now();
    sim.inject(new Fault.JumpWallClock("a", ofHours(-1)));
    assertThat(onA.platform().timers().wallTime()).isEqualTo(before.minusSeconds(3600));
    assertThat(onA.platform().timers().now()).isEqualTo(monotonic);
    assertThat(onB.platform().timers().wallTime()).isEqualTo(before);
  }

  @Test
  void faultsCanBeScheduledAndArePrintedInTheTrace() {
    sim.at(ofSeconds(2), new Fault.Pause("a"));
    sim.after(ofSeconds(3), new Fault.Resume("a"));
    sim.run(ofMillis(2500));
    assertThat(a.paused()).isTrue();
    sim.run(ofSeconds(1));
    assertThat(a.paused()).isFalse();
    assertThat(sim.trace().records(TraceKind.FAULT))
        .extracting(TraceRecord::nanos, TraceRecord::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2_000_000_000L, "pause of the process on a"),
            org.assertj.core.groups.Tuple.tuple(3_000_000_000L, "resume of the process on a"));
  }

  @Test
  void faultsThatFindNothingToDoDoNothing() {
    a.crash();
    for (Fault fault :
        List.of(
            new Fault.Crash("a"),
            new Fault.Kill("a"),
            new Fault.Stop("a"),
            new Fault.Pause("a"),
            new Fault.Resume("a"),
            new Fault.Resume("b"),
            new Fault.Freeze("a"),
            new Fault.Thaw("a"),
            new Fault.Slow("a", Duration.ZERO, Duration.ZERO),
            new Fault.LinkDown("a", "eth0"),
            new Fault.LinkUp("b", "eth0"),
            new Fault.InterfaceGone("a", "eth0"),
            new Fault.InterfaceBack("b", "eth0"),
            new Fault.RemoveAddress("a", "eth0", VIP),
            new Fault.Mend("a", "b", true))) {
      sim.inject(fault);
    }
    sim.run(ofSeconds(1));
    assertThat(a.running()).isFalse();
    a.restart();
    everybodySays("1");
    assertThat(onA.texts()).containsExactly("b1", "c1");
  }

  @Test
  void namesThatDoNotExistAreErrors() {
    assertThatThrownBy(() -> sim.inject(new Fault.Kill("z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("z");
    assertThatThrownBy(() -> sim.inject(new Fault.LinkDown("a", "eth9")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sim.inject(new Fault.Cut("a", "z", true)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sim.inject(new Fault.ImpairAll("wan", Quality.LAN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sim.during(ofSeconds(1), new Fault.MendAll()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void undoneFaultsAreTheOnesThatEndThem() {
    assertThat(new Fault.Pause("a").undone()).contains(new Fault.Resume("a"));
    assertThat(new Fault.Crash("a").undone()).contains(new Fault.Restart("a"));
    assertThat(new Fault.Cut("a", "b", false).undone()).contains(new Fault.Mend("a", "b", false));
    assertThat(new Fault.Resume("a").undone()).isEmpty();
    assertThat(new Fault.Slow("a", ofMillis(2), ofMillis(1)).describe())
        .isEqualTo("process on a late by 2 ms + up to 1 ms");
  }
}

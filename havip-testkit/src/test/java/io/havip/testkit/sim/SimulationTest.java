package io.havip.testkit.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.spi.Platform;
import io.havip.spi.Timers.Deadline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Running, bounds and messages. */
class SimulationTest {

  private final Simulation sim = Simulation.seeded(4711);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost a = lan.host("a", "10.0.0.1");

  @Test
  void runLetsExactlyThatMuchTimePass() {
    sim.run(ofSeconds(3));
    sim.run(ofMillis(5));
    assertThat(sim.now()).isEqualTo(ofMillis(3005));
  }

  @Test
  void runIncludesEventsAtItsEnd() {
    AtomicInteger done = new AtomicInteger();
    sim.at(ofSeconds(1), "act", done::incrementAndGet);
    sim.at(ofSeconds(1).plusNanos(1), "act", done::incrementAndGet);
    sim.run(ofSeconds(1));
    assertThat(done).hasValue(1);
  }

  @Test
  void runUntilStopsAtTheEventThatMeetsTheCondition() {
    Talker talker = Talker.on(a);
    talker.platform().timers().newDeadline(() -> talker.log.add("due")).arm(1_500_000_000L);
    Duration took = sim.runUntil(() -> !talker.log.isEmpty(), ofSeconds(5));
    assertThat(took).isEqualTo(ofMillis(1500));
    assertThat(sim.now()).isEqualTo(ofMillis(1500));
    assertThat(sim.runUntil(() -> true, ofSeconds(1))).isZero();
  }

  @Test
  void runUntilSeesAConditionThatDependsOnTimeAlone() {
    assertThat(sim.runUntil(() -> sim.nanos() >= 2_000_000_000L, ofSeconds(2)))
        .isEqualTo(ofSeconds(2));
  }

  @Test
  void runUntilFailsWithSeedTimeAndTheEndOfTheTrace() {
    sim.note("something to see");
    assertThatThrownBy(() -> sim.runUntil("the impossible", () -> false, ofSeconds(2)))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("the impossible was not met within 2 s")
        .hasMessageContaining("seed 4711")
        .hasMessageContaining("time 2.000000000")
        .hasMessageContaining("something to see");
    assertThat(sim.now()).isEqualTo(ofSeconds(2));
  }

  @Test
  void deadlineThatRearmsItselfAtTheSameInstantIsFoundAndNamed() {
    Talker talker = Talker.on(a);
    AtomicReference<Deadline> self = new AtomicReference<>();
    self.set(talker.platform().timers().newDeadline(() -> self.get().arm(0)));
    self.get().arm(0);
    assertThatThrownBy(() -> sim.run(ofSeconds(1)))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("time stands still")
        .hasMessageContaining("a deadline of a, callback in io.havip.testkit.sim.SimulationTest")
        .hasMessageContaining("seed 4711");
  }

  @Test
  void taskThatGivesItselfAgainForEverIsFoundAndNamed() {
    sim.instantLimit(5_000);
    Platform platform = Talker.on(a).platform();
    platform.execute(
        new Runnable() {
          @Override
          public void run() {
            platform.execute(this);
          }
        });
    assertThatThrownBy(() -> sim.run(ofSeconds(1)))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("more than 5000 events at one instant")
        .hasMessageContaining("a turn of the process on a");
  }

  @Test
  void manyEventsAtDifferentInstantsAreNoStandstill() {
    sim.instantLimit(1_500);
    for (int i = 0; i < 10_000; i++) {
      sim.at(Duration.ofNanos(i / 1_000), "act", () -> {});
    }
    assertThatCode(() -> sim.run(ofSeconds(1))).doesNotThrowAnyException();
  }

  @Test
  void eventsOfOneRunAreBounded() {
    sim.eventLimit(1_000);
    Talker talker = Talker.on(a);
    AtomicReference<Deadline> self = new AtomicReference<>();
    self.set(
        talker
            .platform()
            .timers()
            .newDeadline(() -> self.get().arm(talker.platform().timers().now() + 1)));
    self.get().arm(0);
    assertThatThrownBy(() -> sim.run(ofSeconds(1)))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("more than 1000 events in one run");
  }

  @Test
  void checksRunAfterEveryEventAndFailTheRun() {
    AtomicInteger checked = new AtomicInteger();
    sim.afterEachEvent(() -> {
      if (checked.incrementAndGet() == 3) {
        throw new AssertionError("the third event was bad");
      }
    });
    for (int i = 0; i < 5; i++) {
      sim.at(ofSeconds(i), "act", () -> {});
    }
    assertThatThrownBy(() -> sim.run(ofSeconds(10))).hasMessage("the third event was bad");
    assertThat(checked).hasValue(3);
    assertThat(sim.now()).isEqualTo(ofSeconds(2));
  }

  @Test
  void stepRunsOneEvent() {
    AtomicInteger done = new AtomicInteger();
    sim.at(ofSeconds(1), "one", done::incrementAndGet);
    sim.at(ofSeconds(2), "two", done::incrementAndGet);
    assertThat(sim.step()).isTrue();
    assertThat(done).hasValue(1);
    assertThat(sim.step()).isTrue();
    assertThat(sim.step()).isFalse();
    assertThat(sim.events()).isEqualTo(2);
  }

  @Test
  void namesAndAddressesAreChecked() {
    assertThatThrownBy(() -> lan.host("a", "10.0.0.9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a\"");
    assertThatThrownBy(() -> lan.host("x", "10.1.0.9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10.0.0.0/24");
    assertThatThrownBy(() -> sim.host("nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[a, x]");
  }

  @Test
  void hostOnTwoSegmentsHearsBoth() {
    SimNetwork other = sim.segment("10.9.0.0/24");
    a.attach(other, "eth1", "10.9.0.1");
    SimHost b = other.host("b", "10.9.0.2");
    Talker onA = Talker.on(a);
    Talker onB = Talker.on(b);
    onA.say("10.0.0.1", Talker.GROUP, "on eth0");
    sim.run(ofSeconds(1));
    assertThat(onB.heard).isEmpty();
    assertThat(other.answering(IpAddress.parse("10.9.0.1"))).containsExactly(a);
    assertThat(other.hosts()).containsExactly(a, b);
    assertThat(lan.hosts()).containsExactly(a);
  }
}

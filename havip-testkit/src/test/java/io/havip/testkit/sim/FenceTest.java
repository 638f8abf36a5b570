package io.havip.testkit.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a fence takes off the host, and when. */
class FenceTest {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  private static final VirtualAddress BOUND = VirtualAddress.parse("10.0.0.50/24");

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost a = lan.host("a", "10.0.0.1");

  private Talker boundWith(Fence fence) {
    Talker talker = Talker.on(a.fence(fence));
    talker.platform().addresses().add("eth0", BOUND);
    sim.run(ofSeconds(1));
    talker.log.clear();
    return talker;
  }

  private Duration untilSilence() {
    return sim.runUntil(() -> lan.answering(VIP).isEmpty(), ofSeconds(100));
  }

  @Test
  void withoutFenceAKilledAndAPausedHolderKeepTheAddress() {
    boundWith(new Fence.None());
    a.pause();
    sim.run(ofSeconds(100));
    assertThat(lan.answering(VIP)).containsExactly(a);
    a.kill();
    sim.run(ofSeconds(100));
    assertThat(lan.answering(VIP)).containsExactly(a);
  }

  @Test
  void exitFenceActsAfterItsBoundWhenTheProcessIsKilled() {
    boundWith(new Fence.OnExit(ofMillis(10)));
    a.kill();
    assertThat(untilSilence()).isEqualTo(ofMillis(10));
    assertThat(a.has(IpAddress.parse("10.0.0.1"))).isTrue();
  }

  @Test
  void exitFenceDoesNothingAboutAStall() {
    boundWith(new Fence.OnExit(ofMillis(10)));
    a.pause(ofSeconds(50));
    sim.run(ofSeconds(100));
    assertThat(lan.answering(VIP)).containsExactly(a);
  }

  @Test
  void stallFenceActsAfterItsBoundAndTellsTheProcessWhenItRunsAgain() {
    Talker talker = boundWith(new Fence.OnExitAndStall(ofMillis(10), ofMillis(1500)));
    a.pause();
    talker.platform().timers().newDeadline(() -> talker.log.add("deadline")).arm(0);
    assertThat(untilSilence()).isEqualTo(ofMillis(1500));
    a.resume();
    sim.run(ofSeconds(1));
    assertThat(talker.log).containsExactly("up [10.0.0.1]", "lost 10.0.0.50", "deadline");
    assertThat(lan.answering(VIP)).isEmpty();
  }

  @Test
  void stallShorterThanTheBoundChangesNothing() {
    boundWith(new Fence.OnExitAndStall(ofMillis(10), ofMillis(1500)));
    a.pause(ofMillis(1499));
    sim.run(ofSeconds(100));
    assertThat(lan.answering(VIP)).containsExactly(a);
  }

  @Test
  void processTooSlowForItsFenceLosesTheAddress() {
    Talker talker = boundWith(new Fence.OnExitAndStall(ofMillis(10), ofMillis(100)));
    sim.inject(new Fault.Slow("a", ofMillis(99), Duration.ZERO));
    talker.platform().execute(() -> {});
    sim.run(ofSeconds(1));
    assertThat(lan.answering(VIP)).containsExactly(a);
    sim.inject(new Fault.Slow("a", ofMillis(101), Duration.ZERO));
    talker.platform().execute(() -> {});
    assertThat(untilSilence()).isEqualTo(ofMillis(100));
  }

  @Test
  void stallFenceAlsoCoversTheExit() {
    boundWith(new Fence.OnExitAndStall(ofMillis(10), ofSeconds(5)));
    a.kill();
    assertThat(untilSilence()).isEqualTo(ofMillis(10));
  }

  @Test
  void frozenClockDefeatsEveryFence() {
    boundWith(new Fence.OnExitAndStall(ofMillis(10), ofMillis(100)));
    sim.during(ofSeconds(50), new Fault.Freeze("a"));
    sim.run(ofSeconds(51));
    assertThat(lan.answering(VIP)).containsExactly(a);
  }

  @Test
  void fenceOfAKilledProcessWaitsUntilTheFrozenHostGoesOn() {
    boundWith(new Fence.OnExit(ofMillis(10)));
    a.kill();
    sim.during(ofSeconds(50), new Fault.Freeze("a"));
    sim.run(ofSeconds(49));
    assertThat(a.has(VIP)).isTrue();
    sim.run(ofSeconds(2));
    assertThat(a.has(VIP)).isFalse();
  }

  @Test
  void orderlyStopNeedsNoFence() {
    boundWith(new Fence.None());
    a.stop();
    sim.run(ofMillis(1));
    assertThat(a.running()).isFalse();
    assertThat(lan.answering(VIP)).isEmpty();
  }

  @Test
  void newProcessHearsWhenTheFenceOfTheDeadOneTakesTheAddressItFound() {
    boundWith(new Fence.OnExit(ofMillis(10)));
    a.kill();
    Talker next = Talker.on(a);
    next.platform().addresses().add("eth0", BOUND);
    sim.run(ofSeconds(1));
    assertThat(next.log).contains("lost 10.0.0.50");
  }
}

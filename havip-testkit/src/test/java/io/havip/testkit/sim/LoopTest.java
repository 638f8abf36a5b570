package io.havip.testkit.sim;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.spi.Platform;
import io.havip.spi.Timers.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What {@code Platform} and {@code Timers} promise. */
class LoopTest {

  private static void nothing() {}

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost a = lan.host("a", "10.0.0.1");
  private final Platform platform = a.start(p -> LoopTest::nothing);
  private final List<String> log = new ArrayList<>();

  private Deadline deadline(String name) {
    return platform.timers().newDeadline(() -> log.add(name + " at " + sim.nanos()));
  }

  @Test
  void deadlineFiresAtItsTimeAndOnce() {
    deadline("d").arm(5_000);
    sim.run(ofSeconds(1));
    assertThat(log).containsExactly("d at 5000");
  }

  @Test
  void deadlineIsNeverEarlyHoweverSlowTheProcess() {
    sim.inject(new Fault.Slow("a", ofMillis(1), ofMillis(2)));
    List<Long> late = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      long due = i * 10_000_000L;
      platform.timers().newDeadline(() -> late.add(platform.timers().now() - due)).arm(due);
    }
    sim.run(ofSeconds(3));
    assertThat(late).hasSize(200).allMatch(l -> l >= 1_000_000 && l <= 3_000_000);
  }

  @Test
  void deadlinesFireInTheOrderOfTheirTimesAndThenOfTheirArming() {
    Deadline first = deadline("first");
    Deadline second = deadline("second");
    deadline("early").arm(10);
    second.arm(20);
    first.arm(20);
    sim.run(ofSeconds(1));
    assertThat(log).containsExactly("early at 10", "second at 20", "first at 20");
  }

  @Test
  void armingAgainReplacesTheEarlierTime() {
    Deadline d = deadline("d");
    d.arm(10);
    d.arm(30);
    sim.run(ofSeconds(1));
    assertThat(log).containsExactly("d at 30");
  }

  @Test
  void disarmedDeadlineDoesNotFireUntilArmedAgain() {
    Deadline d = deadline("d");
    d.arm(10);
    d.disarm();
    sim.run(ofMillis(1));
    assertThat(log).isEmpty();
    d.arm(2_000_000);
    sim.run(ofMillis(9));
    assertThat(log).containsExactly("d at 2000000");
  }

  @Test
  void deadlineDisarmedByAnotherOneOfTheSameTurnDoesNotFire() {
    Deadline victim = deadline("victim");
    platform.timers().newDeadline(victim::disarm).arm(10);
    victim.arm(20);
    a.pause();
    sim.run(ofMillis(1));
    a.resume();
    sim.run(ofMillis(1));
    assertThat(log).isEmpty();
  }

  @Test
  void timeInThePastFiresInTheNextTurnAndNotInTheCallOfArm() {
    sim.run(ofMillis(1));
    deadline("d").arm(-5);
    assertThat(log).isEmpty();
    sim.run(ZERO);
    assertThat(log).containsExactly("d at 1000000");
  }

  @Test
  void armedForEverDoesNotFire() {
    deadline("d").arm(Long.MAX_VALUE);
    sim.run(ofSeconds(1_000_000));
    assertThat(log).isEmpty();
  }

  @Test
  void tasksRunInOrderAndOneGivenOnTheLoopRunsAfterTheCurrentOne() {
    platform.execute(() -> {
      platform.execute(() -> log.add("inner"));
      log.add("first");
    });
    platform.execute(() -> log.add("second"));
    assertThat(log).isEmpty();
    sim.run(ZERO);
    assertThat(log).containsExactly("first", "second", "inner");
  }

  @Test
  void nothingOfOneProcessRunsInsideAnotherCallOfIt() {
    List<String> nested = new ArrayList<>();
    int[] depth = {0};
    Runnable guarded =
        () -> {
          if (depth[0]++ > 0) {
            nested.add("nested");
          }
          platform.execute(() -> {});
          platform.workers().execute(() -> {});
          platform.timers().newDeadline(() -> {}).arm(0);
          depth[0]--;
        };
    for (int i = 0; i < 10; i++) {
      platform.execute(guarded);
      platform.workers().execute(guarded);
      platform.timers().newDeadline(guarded).arm(i % 3);
    }
    sim.run(ofSeconds(1));
    assertThat(nested).isEmpty();
  }

  @Test
  void afterCloseTasksAreDroppedSilently() {
    platform.execute(() -> log.add("before"));
    platform.close();
    platform.execute(() -> log.add("after"));
    platform.workers().execute(() -> log.add("worker"));
    deadline("d").arm(10);
    sim.run(ofSeconds(1));
    assertThat(log).isEmpty();
    assertThat(a.running()).isFalse();
    platform.close();
  }

  @Test
  void whatATaskThrowsFailsTheRunAndNamesHostAndSeed() {
    platform.execute(() -> {
      throw new IllegalStateException("oops");
    });
    assertThatThrownBy(() -> sim.run(ofSeconds(1)))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("host a")
        .hasMessageContaining("oops")
        .hasMessageContaining("seed 1")
        .hasRootCauseMessage("oops");
  }

  @Test
  void toleratedErrorsDoNotEndTheLoop() {
    sim.tolerateErrors(true);
    platform.execute(() -> {
      throw new IllegalStateException("oops");
    });
    platform.execute(() -> log.add("next"));
    sim.run(ofSeconds(1));
    assertThat(log).containsExactly("next");
    assertThat(sim.trace().records(TraceKind.ERROR))
        .singleElement()
        .satisfies(r -> assertThat(r.detail()).contains("oops"));
  }

  @Test
  void workersRunInVirtualTimeWithTheirDelay() {
    a.workersDelay(ofMillis(7));
    platform.workers().execute(() -> log.add("work at " + sim.nanos()));
    sim.run(ofSeconds(1));
    assertThat(log).containsExactly("work at 7000000");
  }

  @Test
  void inLoopIsTrueInsideAndForTheTestButNotOnOtherThreads() throws InterruptedException {
    AtomicReference<Object> seen = new AtomicReference<>();
    Thread other =
        new Thread(() -> {
          List<Object> found = new ArrayList<>();
          found.add(platform.inLoop());
          try {
            platform.execute(() -> {});
          } catch (IllegalStateException e) {
            found.add("refused");
          }
          seen.set(found);
        });
    other.start();
    other.join();
    assertThat(seen.get()).isEqualTo(List.of(false, "refused"));
    assertThat(platform.inLoop()).isTrue();
    platform.execute(() -> log.add("in loop " + platform.inLoop()));
    assertThatThrownBy(() -> sim.run(ZERO))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("execute was called on the thread " + other.getName());
  }

  @Test
  void inLoopIsTrueForTasks() {
    platform.execute(() -> log.add("in loop " + platform.inLoop()));
    sim.run(ZERO);
    assertThat(log).containsExactly("in loop true");
  }

  @Test
  void wallClockFollowsVirtualTime() {
    Instant start = platform.timers().wallTime();
    sim.run(ofSeconds(90));
    assertThat(platform.timers().wallTime()).isEqualTo(start.plusSeconds(90));
    assertThat(platform.timers().now()).isEqualTo(90_000_000_000L);
  }

  @Test
  void codeInsideTheSimulationCannotRunIt() {
    platform.execute(() -> sim.run(ofSeconds(1)));
    assertThatThrownBy(() -> sim.run(ofSeconds(1)))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("already running");
  }

  @Test
  void onlyOneProcessAtATime() {
    assertThatThrownBy(() -> a.start(p -> LoopTest::nothing))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void programThatCannotStartLeavesNothingBehind() {
    a.kill();
    assertThatThrownBy(() ->
            a.start(p -> {
              throw new java.io.IOException("no");
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no");
    assertThat(a.running()).isFalse();
  }
}

package io.havip.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.havip.HavipEvent;
import io.havip.core.check.Verdict;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import io.havip.testkit.sim.Stuck;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Code under test that does not return ends the run, which says where. */
@Timeout(60)
class BlockedCodeTest {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private static final Scenario GROUP =
      Scenario.parse(
          """
          havip-scenario 1
          title   a group
          length  20s
          network 10.0.0.0/24
          router  vrid 7 interval 1s address 10.0.0.50/24
          member  a 10.0.0.1 priority 200
          member  b 10.0.0.2 priority 100
          client  client 10.0.0.100
          at 8s   crash a
          """);

  /** Code that waits for what nobody does, and ends when it is interrupted. */
  private static final class Waiting {

    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    boolean forEver() {
      calls.incrementAndGet();
      try {
        new CountDownLatch(1).await();
        return true;
      } catch (InterruptedException e) {
        interrupted.countDown();
        Thread.currentThread().interrupt();
        return false;
      }
    }

    boolean wasInterrupted() throws InterruptedException {
      return interrupted.await(5, TimeUnit.SECONDS);
    }
  }

  private final Waiting waiting = new Waiting();

  /** Loading classes takes a while, and is no event. */
  @BeforeAll
  static void warmUp() {
    Outcome unused = ScenarioRunner.nodes().run(GROUP);
  }

  private Outcome run(ScenarioRunner<?> runner) {
    return runner.realTimeLimit(LIMIT).run(GROUP);
  }

  private static Stuck stuck(Outcome outcome) {
    assertThat(outcome.violated()).containsExactly(Outcome.ERROR);
    assertThat(outcome.verdicts()).containsEntry(Outcome.ERROR, Verdict.FAIL);
    Stuck stuck = outcome.stuck().orElseThrow();
    assertThat(outcome.findings().getLast().what()).isEqualTo(stuck.describe());
    return stuck;
  }

  private void saysWhere(Stuck stuck, String call, String host) throws InterruptedException {
    assertThat(stuck.describe())
        .startsWith(call + " on " + host + " did not return")
        .contains("for 1 s of real time", "BlockedCodeTest$Waiting.forEver(BlockedCodeTest");
    assertThat(stuck.stackText()).contains("CountDownLatch.await", "BlockedCodeTest$Waiting");
    assertThat(waiting.wasInterrupted()).isTrue();
  }

  @Test
  void aListenerThatBlocksIsNamed() throws InterruptedException {
    Outcome outcome =
        run(
            ScenarioRunner.of(setup ->
                setup.listener(event -> {
                  if (event instanceof HavipEvent.AddressBound && setup.name().equals("b")) {
                    waiting.forEver();
                  }
                })));

    saysWhere(stuck(outcome), "a listener", "b");
    assertThat(outcome.stuck().orElseThrow().nanos())
        .isBetween(Duration.ofSeconds(10).toNanos(), Duration.ofSeconds(12).toNanos());
    assertThat(outcome.sightings()).as("what happened before").isNotEmpty();
  }

  @Test
  void aHealthCheckThatBlocksIsNamed() throws InterruptedException {
    Outcome outcome =
        run(
            ScenarioRunner.of(setup -> {
              if (setup.name().equals("a")) {
                setup.router().healthCheck("database", waiting::forEver);
              }
              return setup;
            }));

    saysWhere(stuck(outcome), "a health check", "a");
  }

  @Test
  void aCallbackThatBlocksIsNamed() throws InterruptedException {
    Outcome outcome =
        run(
            ScenarioRunner.of(setup -> {
              setup.router().beforeServing(router -> waiting.forEver(), Duration.ofSeconds(1));
              return setup;
            }));

    saysWhere(stuck(outcome), "the callback before serving", "a");
  }

  @Test
  void anSpiThatBlocksIsNamed() throws InterruptedException {
    Outcome outcome =
        run(
            ScenarioRunner.nodes()
                .onPlatform(
                    (member, sound) -> member.equals("b") ? blockedAnnouncer(sound) : sound));

    saysWhere(stuck(outcome), "a call of the platform (Holding.announce)", "b");
    assertThat(outcome.stuck().orElseThrow().stackText()).contains("announce");
  }

  private Platform blockedAnnouncer(Platform sound) {
    NeighborAnnouncer announcer =
        altered(
            NeighborAnnouncer.class,
            sound.announcer(),
            "announce",
            result -> {
              waiting.forEver();
              return result;
            });
    return altered(Platform.class, sound, "announcer", result -> announcer);
  }

  private static <T> T altered(Class<T> seam, T sound, String call, UnaryOperator<Object> answer) {
    return seam.cast(
        Proxy.newProxyInstance(
            seam.getClassLoader(),
            new Class<?>[] {seam},
            (self, method, arguments) -> {
              try {
                Object result = method.invoke(sound, arguments);
                return method.getName().equals(call) ? answer.apply(result) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** What is thrown on the wrong thread ends there, and nobody sees it. */
  @Test
  void anSpiThatCallsBackOnAnotherThreadEndsTheRunAndIsNamed() {
    Outcome outcome = run(ScenarioRunner.nodes().onPlatform((member, sound) -> elsewhere(sound)));

    assertThat(outcome.violated()).containsExactly(Outcome.ERROR);
    assertThat(outcome.findings().getFirst().what())
        .contains("was called on the thread somewhere else", "all code in it run on one thread");
  }

  private static Platform elsewhere(Platform sound) {
    Timers timers =
        (Timers)
            Proxy.newProxyInstance(
                Timers.class.getClassLoader(),
                new Class<?>[] {Timers.class},
                (self, method, arguments) ->
                    method.getName().equals("newDeadline")
                        ? sound.timers().newDeadline(() -> onAnotherThread((Runnable) arguments[0]))
                        : method.invoke(sound.timers(), arguments));
    return altered(Platform.class, sound, "timers", result -> timers);
  }

  private static void onAnotherThread(Runnable code) {
    Thread thread = new Thread(code, "somewhere else");
    thread.setUncaughtExceptionHandler((dead, thrown) -> {});
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theMakingOfAServiceThatBlocksIsNamed() throws InterruptedException {
    Outcome outcome = run(ScenarioRunner.of(setup -> waiting.forEver()));

    saysWhere(stuck(outcome), "the making of the service", "a");
    assertThat(outcome.scene().members()).hasSize(2);
  }

  @Test
  void aPropertyThatBlocksIsNamed() throws InterruptedException {
    Outcome outcome = run(ScenarioRunner.nodes().never("two", running -> waiting.forEver()));

    assertThat(stuck(outcome).describe()).startsWith("a check after an event did not return");
    assertThat(waiting.wasInterrupted()).isTrue();
  }

  /** Nothing can end such code, so its thread is left behind; the run ends all the same. */
  @Test
  void codeThatIgnoresTheInterruptionIsLeftBehind() {
    CountDownLatch end = new CountDownLatch(1);
    try {
      Outcome outcome =
          run(
              ScenarioRunner.of(setup ->
                  setup.listener(event -> {
                    while (end.getCount() > 0) {
                      Thread.interrupted();
                      LockSupport.parkNanos(1_000_000);
                    }
                  })));

      assertThat(stuck(outcome).describe()).startsWith("a listener on a did not return");
      assertThat(outcome.verdicts()).containsEntry("S2", Verdict.UNKNOWN);
    } finally {
      end.countDown();
    }
  }

  @Test
  void aRunThatEndsIsTheSameWithAnyLimit() {
    Outcome outcome = ScenarioRunner.nodes().run(GROUP);

    assertThat(ScenarioRunner.nodes().realTimeLimit(Duration.ofSeconds(5)).run(GROUP))
        .isEqualTo(outcome);
    assertThat(outcome.stuck()).isEmpty();
  }

  @Test
  void aLimitOfNothingIsRefused() {
    assertThatThrownBy(() -> ScenarioRunner.nodes().realTimeLimit(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than zero");
  }

  @Test
  void theShrinkerDoesNotTryItAgain() {
    ScenarioRunner<?> runner =
        ScenarioRunner.of(setup -> setup.listener(event -> waiting.forEver())).realTimeLimit(LIMIT);

    Shrunk shrunk = Shrinker.shrink(runner, GROUP, Outcome.ERROR);

    assertThat(shrunk.scenario()).isEqualTo(GROUP);
    assertThat(waiting.calls).hasValue(1);
    assertThat(shrunk.describe()).startsWith("not shrunk");
  }

  /** The search for a smaller scenario ends with the first that blocks: the next ones would too. */
  @Test
  void theShrinkerEndsWithACandidateThatBlocks() {
    AtomicInteger runs = new AtomicInteger();
    ScenarioRunner<?> runner =
        ScenarioRunner.of(
                setup -> {
                  if (runs.incrementAndGet() == 3) {
                    waiting.forEver();
                  }
                  return setup;
                })
            .never("one runs", running -> running.size() == 1)
            .realTimeLimit(LIMIT);

    Shrunk shrunk = Shrinker.shrink(runner, alone(), "N1");

    assertThat(shrunk.outcome().violated()).contains("N1");
    assertThat(runs).as("the failing, one candidate, the one that blocks, the result").hasValue(4);
  }

  private static Scenario alone() {
    return GROUP
        .withSteps(List.of())
        .withMembers(List.of(GROUP.members().getFirst()))
        .withLength(Duration.ofMinutes(1));
  }

  @Test
  void aTestOfAServiceFailsOnceWithThePlaceAndTheStack(@TempDir Path folder) throws Exception {
    FailoverFailure failure =
        catchThrowableOfType(
            FailoverFailure.class,
            () ->
                Failover.of(
                        setup -> {
                          setup.router().healthCheck("database", waiting::forEver);
                          return setup;
                        })
                    .realTimeLimit(LIMIT)
                    .reporting("BlockedTest.serves", "mvn test", folder)
                    .whileAnyOneMember(Disruption.CRASHES));

    assertThat(failure)
        .hasMessageStartingWith("ERROR: a health check on a did not return")
        .hasMessageContaining("not shrunk")
        .hasMessageContaining("  stack:\n             at ")
        .hasMessageContaining("BlockedCodeTest$Waiting.forEver");
    assertThat(waiting.calls).hasValue(1);
    assertThat(Files.readString(failure.report())).contains("a health check on a did not return");
  }

  /** Virtual time stands still: bounded by events, at once and without any real time. */
  @Test
  void aPlatformThatNeverLetsTimePassIsBoundedInEvents() {
    Outcome outcome =
        ScenarioRunner.nodes()
            .onPlatform((member, sound) -> {
              sound.execute(
                  new Runnable() {
                    @Override
                    public void run() {
                      sound.execute(this);
                    }
                  });
              return sound;
            })
            .run(GROUP);

    assertThat(outcome.violated()).containsExactly(Outcome.ERROR);
    assertThat(outcome.stuck()).isEmpty();
    assertThat(outcome.findings().getFirst().what())
        .contains("time stands still: more than 100000 events at one instant");
  }
}

package io.havip.core.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.TakeoverMode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** What holds whatever the cloud answers, and whenever the role changes. */
class ReconcilerPropertyTest {

  private static final List<CloudCapabilities> CLOUDS =
      List.of(
          Desk.move(true, false),
          Desk.move(true, true),
          Desk.move(false, true),
          Desk.blind(TakeoverMode.PROBE),
          Desk.blind(TakeoverMode.ANNOUNCE),
          CloudCapabilities.announced(10, Duration.ofSeconds(1), Duration.ofSeconds(10)));

  /** Follows the actions and knows the laws. */
  private static final class Judge {

    private final Desk desk;
    private boolean wanted;
    private boolean doubt;
    private @Nullable CloudCall running;
    private long runningId;

    Judge(Desk desk) {
      this.desk = desk;
    }

    void check(List<Action> actions) {
      for (Action action : actions) {
        switch (action) {
          case Action.Cancel cancel -> {
            assertThat(cancel.id()).isEqualTo(runningId);
            doubt |= running != null && running.writes();
            running = null;
          }
          case Action.Call call -> {
            assertThat(running).as("one call at a time").isNull();
            assertThat(doubt && call.call().writes()).as("a write in doubt").isFalse();
            if (call.call() instanceof CloudCall.Takeover) {
              assertThat(wanted).as("a takeover that is not wanted").isTrue();
              assertThat(desk.config.moves()).isTrue();
            }
            if (call.call() instanceof CloudCall.Relinquish) {
              assertThat(wanted).as("relinquishing what is wanted").isFalse();
              assertThat(desk.config.relinquish()).isTrue();
            }
            // Where nothing can be observed, having asked is all that can be done about a doubt.
            doubt &= call.call().writes() || desk.config.capabilities().observesHolder();
            running = call.call();
            runningId = call.id();
          }
          case Action.ReportConfirmed confirmed -> assertThat(wanted).isTrue();
          default -> {}
        }
      }
    }
  }

  @Property(tries = 400)
  void theLawsHold_whateverHappens(@ForAll long seed) {
    Random random = new Random(seed);
    Desk desk =
        new Desk(
            CLOUDS.get(random.nextInt(CLOUDS.size())),
            random.nextBoolean(),
            random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(10));
    Judge judge = new Judge(desk);
    for (int i = 0; i < 120; i++) {
      switch (random.nextInt(6)) {
        case 0 -> {
          judge.wanted = random.nextBoolean();
          judge.check(desk.want(judge.wanted));
        }
        case 1 -> {
          desk.now += random.nextLong(3 * Desk.SECOND);
          judge.check(desk.input(new Input.TimerDue()));
        }
        case 2 -> judge.check(due(desk));
        case 3 -> desk.permits = random.nextInt(4) > 0;
        default -> answer(desk, judge, random);
      }
      assertNoHotLoop(desk);
    }
  }

  private static List<Action> due(Desk desk) {
    return desk.state.nextDeadline(desk.config) == ReconcilerState.NEVER ? List.of() : desk.due();
  }

  /** After the timer has been handled, the next deadline is in the future. */
  private static void assertNoHotLoop(Desk desk) {
    Step step = Reconciler.step(desk.config, desk.state, new Input.TimerDue(), desk.now);
    assertThat(step.state().nextDeadline(desk.config)).isGreaterThan(desk.now);
  }

  private static <T> T any(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static void answer(Desk desk, Judge judge, Random random) {
    CloudCall call = desk.call();
    if (call == null) {
      return;
    }
    judge.running = null;
    if (call.writes()) {
      CloudFailureKind kind = any(List.of(CloudFailureKind.values()), random);
      CallOutcome outcome = any(List.of(CallOutcome.values()), random);
      int choice = random.nextInt(4);
      judge.doubt |= choice >= 2 && outcome == CallOutcome.UNKNOWN;
      judge.check(
          desk.end(
              choice == 0
                  ? Desk.done()
                  : choice == 1 ? Desk.partly() : Desk.failed(kind, outcome)));
    } else {
      int choice = random.nextInt(4);
      judge.doubt &= choice == 3;
      judge.check(
          desk.see(
              switch (choice) {
                case 0 -> Desk.here(random.nextInt(50));
                case 1 -> Desk.there(random.nextInt(50));
                case 2 -> Desk.nobody();
                default -> Desk.unknown(CloudFailureKind.UNAVAILABLE);
              }));
    }
  }
}

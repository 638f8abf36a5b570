package io.havip.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.havip.net.IpFamily;
import io.havip.spi.Timers.Deadline;
import io.havip.testkit.contract.PlatformFixture.Ability;
import io.havip.testkit.contract.PlatformFixture.Host;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The rules of {@link io.havip.spi.Timers}. */
public abstract class TimersContract extends SeamContract {

  private static final Duration HOUR = Duration.ofHours(1);

  /** What a deadline did. */
  private record Fired(long at, boolean inLoop) {}

  private final List<Fired> fired = new CopyOnWriteArrayList<>();

  /** For subclasses. */
  protected TimersContract() {}

  private Deadline deadline() {
    return call(() ->
        platform().timers().newDeadline(() -> fired.add(new Fired(now(), platform().inLoop()))));
  }

  private long later() {
    return now() + settleTime().toNanos();
  }

  private void awaitFired(int times) {
    await("a deadline to fire, time " + times, () -> fired.size() >= times);
  }

  /** Time passes and never goes back. */
  @Test
  public void t1_timePassesAndNeverGoesBack() {
    long begin = now();
    long last = begin;
    for (int i = 0; i < 1000; i++) {
      long next = now();
      assertTrue(next >= last, "the clock went back by " + (last - next) + " ns");
      last = next;
    }
    settle();
    long passed = now() - begin;
    assertTrue(passed >= settleTime().toNanos(), () -> "only " + passed + " ns have passed");
    assertTrue(
        passed <= settleTime().plus(env().bounds().patience()).toNanos(),
        () -> passed + " ns have passed in " + settleTime());
  }

  /** The wall clock is another one. */
  @Test
  public void t2_timeDoesNotFollowTheWallClock() {
    needs(Ability.WALL_CLOCK);
    for (Duration jump : List.of(HOUR, HOUR.negated())) {
      long before = now();
      env().jumpWallClock(jump);
      long moved = now() - before;
      assertTrue(
          moved >= 0 && moved < HOUR.dividedBy(2).toNanos(),
          () -> "the clock moved by " + moved + " ns when the wall clock jumped by " + jump);
    }
  }

  /** A deadline fires on the loop, neither early nor late. */
  @Test
  public void t3_aDeadlineFiresOnTheLoopAndNeverEarly() {
    Deadline deadline = deadline();
    long due = later();
    run(() -> deadline.arm(due));
    awaitFired(1);
    Fired first = fired.getFirst();
    assertTrue(first.inLoop(), "a callback runs on the loop");
    assertTrue(first.at() >= due, () -> "it fired " + (due - first.at()) + " ns early");
    assertTrue(
        first.at() - due <= env().bounds().late().toNanos(),
        () -> "it fired " + (first.at() - due) + " ns late");
  }

  /** One arming, one call. */
  @Test
  public void t4_aDeadlineFiresOncePerArming() {
    Deadline deadline = deadline();
    settle();
    assertEquals(0, fired.size(), "a new deadline is not armed");
    for (int times = 1; times <= 2; times++) {
      long due = later();
      run(() -> deadline.arm(due));
      awaitFired(times);
      settle();
      assertEquals(times, fired.size(), "calls for as many armings");
    }
  }

  /** A new arming replaces the old one. */
  @Test
  public void t5_armingAgainReplacesTheEarlierTime() {
    Deadline deadline = deadline();
    long early = later();
    long late = early + settleTime().toNanos();
    run(() -> {
      deadline.arm(early);
      deadline.arm(late);
    });
    awaitFired(1);
    assertTrue(fired.getFirst().at() >= late, "it fired at the time that was replaced");
    settle();
    assertEquals(1, fired.size());
  }

  /** A disarmed deadline is silent. */
  @Test
  public void t6_aDisarmedDeadlineDoesNotFireUntilArmedAgain() {
    Deadline deadline = deadline();
    long due = later();
    run(() -> {
      deadline.arm(due);
      deadline.disarm();
    });
    settle();
    settle();
    assertEquals(0, fired.size(), "a disarmed deadline fired");
    run(() -> deadline.arm(later()));
    awaitFired(1);
  }

  /** Also one that was due already. */
  @Test
  public void t6_disarmHoldsForADeadlineThatIsDueInTheSameTurn() {
    List<String> calls = new CopyOnWriteArrayList<>();
    Deadline[] pair = new Deadline[2];
    run(() -> {
      pair[0] =
          platform()
              .timers()
              .newDeadline(() -> {
                calls.add("one");
                pair[1].disarm();
              });
      pair[1] =
          platform()
              .timers()
              .newDeadline(() -> {
                calls.add("other");
                pair[0].disarm();
              });
      long due = later();
      pair[0].arm(due);
      pair[1].arm(due);
    });
    await("one of two deadlines to fire", () -> !calls.isEmpty());
    settle();
    assertEquals(1, calls.size(), () -> "each disarms the other, but both fired: " + calls);
  }

  /** What is due already fires soon, but not at once. */
  @Test
  public void t7_aTimeInThePastFiresInTheNextTurn() {
    Deadline deadline = deadline();
    AtomicBoolean within = new AtomicBoolean();
    run(() -> {
      deadline.arm(now() - settleTime().toNanos());
      within.set(!fired.isEmpty());
    });
    awaitFired(1);
    assertFalse(within.get(), "the callback ran within arm()");
  }

  /** A late process hears first what it has missed. */
  @Test
  public void t8_whatWasReceivedIsDeliveredBeforeAnOverdueDeadline() {
    needs(Ability.STALL);
    IpFamily family = anyFamily();
    List<String> log = new CopyOnWriteArrayList<>();
    try (AdvertTalk talk = AdvertTalk.open(env(), family)) {
      talk.ears(Host.FIRST).onHeard = () -> log.add("heard");
      env()
          .stall(
              () ->
                  platform()
                      .timers()
                      .newDeadline(() -> log.add("due"))
                      .arm(now() + settleTime().toNanos() / 2),
              () -> {
                talk.sayTo(Host.FIRST, 1);
                settle();
              });
      await("the deadline", () -> log.contains("due"));
      assertEquals(List.of("heard", "due"), log);
    }
  }

  /** While the host is awake nothing is counted as sleep, however busy or late it is. */
  @Test
  public void t9_aHostThatIsAwakeDoesNotSleep() {
    long begin = slept();
    for (int i = 0; i < 10; i++) {
      settle();
      assertEquals(begin, slept(), "the host did not sleep");
    }
  }

  /** Who slept is told so, and for how long. */
  @Test
  public void t9_aSleepIsCountedThoughTheClockStandsStill() {
    needs(Ability.SLEEP);
    long slept = slept();
    long now = now();
    env().sleep(Duration.ofSeconds(5));
    long counted = slept() - slept;
    assertEquals(5.0, counted / 1e9, 0.1, "seconds of sleep");
    assertTrue(now() - now < Duration.ofSeconds(5).toNanos(), "the clock went on meanwhile");
  }

  private long slept() {
    return call(() -> platform().timers().slept());
  }

  /**
   * Slack lets a deadline fire later by as much; the end of time never comes, with slack or not.
   */
  @Test
  public void t10_slackDelaysByNoMoreThanItselfAndNobodyElse() {
    Deadline deadline = deadline();
    List<String> never = new CopyOnWriteArrayList<>();
    Deadline endless = call(() -> platform().timers().newDeadline(() -> never.add("fired")));
    long due = later();
    long slack = settleTime().toNanos();
    run(() -> {
      endless.arm(Long.MAX_VALUE, slack);
      deadline.arm(due, slack);
    });
    awaitFired(1);
    long late = fired.getFirst().at() - due;
    assertTrue(late >= 0, () -> "it fired " + -late + " ns early");
    assertTrue(
        late - slack <= env().bounds().late().toNanos(),
        () -> "it fired " + (late - slack) + " ns later than its slack allows");
    assertEquals(List.of(), never, "a deadline for the end of time");
  }
}

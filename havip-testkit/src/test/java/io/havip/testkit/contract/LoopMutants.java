package io.havip.testkit.contract;

import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.Timers.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Platforms with a broken loop or clock. */
final class LoopMutants {

  private LoopMutants() {}

  static Stream<PlatformMutant> all() {
    return Stream.concat(platform(), timers());
  }

  private static PlatformMutant loop(String test, String what, UnaryOperator<Platform> broken) {
    return new PlatformMutant(PlatformContract.class, test, what, broken);
  }

  private static PlatformMutant clock(String test, String what, UnaryOperator<Platform> broken) {
    return new PlatformMutant(TimersContract.class, test, what, broken);
  }

  private static Stream<PlatformMutant> platform() {
    return Stream.of(
        loop("p1_tasksRunInTheOrderGiven", "the newest task first", NewestFirst::new),
        loop(
            "p1_aTaskGivenOnTheLoopRunsAfterTheCurrentOne",
            "tasks run in the call that gives them",
            p ->
                new Altered(p) {
                  @Override
                  public void execute(Runnable task) {
                    task.run();
                  }
                }),
        loop(
            "p2_tasksRunOnTheLoop",
            "each task has a thread of its own",
            p ->
                new Altered(p) {
                  @Override
                  public void execute(Runnable task) {
                    super.execute(() -> elsewhere(task));
                  }
                }),
        loop("p3_aTaskThatThrowsDoesNotEndTheLoop", "a throw ends the loop", Fragile::new),
        loop(
            "p4_workersDoNotHoldUpTheLoop",
            "workers are the loop",
            p ->
                new Altered(p) {
                  @Override
                  public Executor workers() {
                    return Runnable::run;
                  }
                }),
        loop(
            "p5_closeReleasesTheAddresses",
            "close leaves the addresses",
            p ->
                new Altered(p) {
                  @Override
                  public void close() {}
                }),
        loop(
            "p6_tasksAfterCloseAreDropped",
            "tasks run after close",
            p ->
                new Altered(p) {
                  private boolean closed;

                  @Override
                  public void execute(Runnable task) {
                    if (closed) {
                      task.run();
                    } else {
                      super.execute(task);
                    }
                  }

                  @Override
                  public void close() {
                    closed = true;
                    super.close();
                  }
                }),
        loop(
            "p6_deadlinesDoNotFireAfterClose",
            "close releases the addresses only",
            p ->
                new Altered(p) {
                  @Override
                  public void close() {}
                }),
        loop(
            "p7_theDescriptionIsOneLine",
            "a description of two lines",
            p ->
                new Altered(p) {
                  @Override
                  public String description() {
                    return "a\nb";
                  }
                }),
        loop(
            "p8_aRehearsalLeavesNoTrace",
            "a rehearsal that takes the addresses off",
            p ->
                new Altered(p) {
                  @Override
                  public void rehearse() {
                    sound.close();
                  }
                }));
  }

  private static Stream<PlatformMutant> timers() {
    return Stream.of(
        clock(
            "t1_timePassesAndNeverGoesBack",
            "the clock goes back now and then",
            p ->
                new Altered(p) {
                  private int asked;

                  @Override
                  public long now() {
                    return super.now() - ++asked % 7;
                  }
                }),
        clock(
            "t2_timeDoesNotFollowTheWallClock",
            "the clock is the wall clock",
            p ->
                new Altered(p) {
                  @Override
                  public long now() {
                    return wallTime().toEpochMilli() * 1_000_000;
                  }
                }),
        clock(
            "t9_aHostThatIsAwakeDoesNotSleep",
            "time that passes is sleep",
            p ->
                new Altered(p) {
                  @Override
                  public long slept() {
                    return now();
                  }
                }),
        clock(
            "t9_aSleepIsCountedThoughTheClockStandsStill",
            "sleep is not noticed",
            p ->
                new Altered(p) {
                  @Override
                  public long slept() {
                    return 0;
                  }
                }),
        clock(
            "t3_aDeadlineFiresOnTheLoopAndNeverEarly", "early by 1 ms", p -> armed(p, -1_000_000)),
        clock("t3_aDeadlineFiresOnTheLoopAndNeverEarly", "late by 1 ms", p -> armed(p, 1_000_000)),
        clock(
            "t3_aDeadlineFiresOnTheLoopAndNeverEarly",
            "on a thread of its own",
            p ->
                new Altered(p) {
                  @Override
                  public Deadline newDeadline(Runnable onDue) {
                    return super.newDeadline(() -> elsewhere(onDue));
                  }
                }),
        clock("t4_aDeadlineFiresOncePerArming", "fires twice", Twice::new),
        clock(
            "t5_armingAgainReplacesTheEarlierTime",
            "each arming is another deadline",
            p ->
                new Altered(p) {
                  @Override
                  public Deadline newDeadline(Runnable onDue) {
                    return new AlteredDeadline(super.newDeadline(onDue)) {
                      @Override
                      public void arm(long atNanos) {
                        sound.timers().newDeadline(onDue).arm(atNanos);
                      }
                    };
                  }
                }),
        clock(
            "t6_aDisarmedDeadlineDoesNotFireUntilArmedAgain",
            "disarm does nothing",
            p -> disarming(p, deadline -> {})),
        clock(
            "t6_disarmHoldsForADeadlineThatIsDueInTheSameTurn",
            "disarm takes effect in the next turn",
            p -> disarming(p, deadline -> p.execute(deadline::disarm))),
        clock(
            "t7_aTimeInThePastFiresInTheNextTurn",
            "what is due fires within arm",
            p ->
                new Altered(p) {
                  @Override
                  public Deadline newDeadline(Runnable onDue) {
                    return new AlteredDeadline(super.newDeadline(onDue)) {
                      @Override
                      public void arm(long atNanos) {
                        onDue.run();
                      }
                    };
                  }
                }),
        clock("t8_whatWasReceivedIsDeliveredBeforeAnOverdueDeadline", "deadlines first", Late::new),
        clock(
            "t10_slackDelaysByNoMoreThanItselfAndNobodyElse",
            "slack counts before the time",
            p -> slack(p, -1)),
        clock(
            "t10_slackDelaysByNoMoreThanItselfAndNobodyElse",
            "slack carries the end of time into the past",
            p -> slack(p, 1)));
  }

  private static Platform slack(Platform sound, int times) {
    return new Altered(sound) {
      @Override
      public Deadline newDeadline(Runnable onDue) {
        return new AlteredDeadline(super.newDeadline(onDue)) {
          @Override
          public void arm(long atNanos, long slackNanos) {
            super.arm(atNanos + times * slackNanos);
          }
        };
      }
    };
  }

  private static Platform armed(Platform sound, long by) {
    return new Altered(sound) {
      @Override
      public Deadline newDeadline(Runnable onDue) {
        return new AlteredDeadline(super.newDeadline(onDue)) {
          @Override
          public void arm(long atNanos) {
            super.arm(atNanos + by);
          }
        };
      }
    };
  }

  private static Platform disarming(Platform sound, Consumer<Deadline> disarm) {
    return new Altered(sound) {
      @Override
      public Deadline newDeadline(Runnable onDue) {
        Deadline deadline = super.newDeadline(onDue);
        return new AlteredDeadline(deadline) {
          @Override
          public void disarm() {
            disarm.accept(deadline);
          }
        };
      }
    };
  }

  private static final class NewestFirst extends Altered {
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    NewestFirst(Platform sound) {
      super(sound);
    }

    @Override
    public void execute(Runnable task) {
      tasks.push(task);
      super.execute(() -> tasks.pop().run());
    }
  }

  private static final class Fragile extends Altered {
    private boolean ended;

    Fragile(Platform sound) {
      super(sound);
    }

    @Override
    public void execute(Runnable task) {
      super.execute(() -> {
        if (!ended) {
          ended = true;
          task.run();
          ended = false;
        }
      });
    }
  }

  private static final class Twice extends Altered {
    Twice(Platform sound) {
      super(sound);
    }

    @Override
    public Deadline newDeadline(Runnable onDue) {
      return super.newDeadline(() -> {
        onDue.run();
        super.newDeadline(onDue).arm(now() + Duration.ofMillis(1).toNanos());
      });
    }
  }

  /** Gives what it has received to the node by a task, so that deadlines overtake it. */
  private static final class Late extends Altered {
    Late(Platform sound) {
      super(sound);
    }

    @Override
    public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
      return super.open(
          interfaceName,
          family,
          new AlteredReceiver(receiver) {
            @Override
            public void received(ReceivedAdvert m) {
              ReceivedAdvert copy =
                  new ReceivedAdvert(
                      m.source(),
                      m.destination(),
                      m.hopLimit(),
                      m.receivedAt(),
                      m.buffer().clone(),
                      m.offset(),
                      m.length());
              execute(() -> super.received(copy));
            }
          });
    }
  }
}

package io.havip.linux.internal.guardian;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.GuardedRouter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A guard and a guardian on the same slot, with a clock of the test's own: only one of them acts,
 * whoever comes first.
 */
class RouterGuardPropertyTest {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long BOUND = PATIENCE.toNanos() * 7 / 8;
  private static final long GRACE = PATIENCE.toNanos() / 16;

  enum What {
    RENEW,
    TURN,
    GUARDIAN_LOOKS,
    SHUT
  }

  /** Something that happens a while after what happened before. */
  record Event(What what, long later) {}

  /** One process with one router, and its guardian. */
  private static final class Stage implements RouterGuard.Surroundings {
    final MemorySegment memory = Arena.ofAuto().allocate(8192, 64);
    final long slot = Region.slot(0);
    final RouterGuard guard = new RouterGuard(this, slot, PATIENCE, this::resigned);
    long now = 1_000_000_000_000L;
    long lookAt = Long.MAX_VALUE;
    boolean turnWanted;
    boolean guardianSaw = true;
    int told;

    void resigned() {
      told++;
    }

    /** What the loop does at the start of a turn. */
    void turn() {
      turnWanted = false;
      if (now >= lookAt) {
        lookAt = Long.MAX_VALUE;
        guard.look(now);
      }
    }

    /** What the guardian does. */
    boolean guardianLooks() {
      long word = Slot.word(memory, slot);
      return Slot.isOpen(word)
          && Slot.deadline(word) <= now
          && Slot.swap(memory, slot, word, Slot.resigned(word));
    }

    boolean isOpen() {
      return Slot.isOpen(Slot.word(memory, slot));
    }

    long deadline() {
      return Slot.deadline(Slot.word(memory, slot));
    }

    @Override
    public long now() {
      return now;
    }

    @Override
    public MemorySegment memory() {
      return memory;
    }

    @Override
    public void lookAt(long at) {
      lookAt = Math.min(lookAt, at);
    }

    @Override
    public void turnSoon() {
      turnWanted = true;
    }

    @Override
    public boolean hasSeen(long since) {
      return guardianSaw;
    }

    @Override
    public Will will(GuardedRouter router) {
      return Will.ofRequests(new byte[4], new byte[4]);
    }

    @Override
    public boolean isStale(Will will) {
      return false;
    }

    @Override
    public void bequeath(long of, Will will) {}

    @Override
    public void closed(RouterGuard of, long freed) {}
  }

  @Provide
  static Arbitrary<List<Event>> events() {
    Arbitrary<Long> pauses =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 2_000_000),
            Arbitraries.longs().between(0, PATIENCE.toNanos() + 1_000_000_000));
    return Combinators.combine(Arbitraries.of(What.class), pauses)
        .as(Event::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 3000)
  void onlyOneActs(@ForAll("events") List<Event> events) {
    Stage stage = new Stage();
    boolean pending = false;
    long renewedAt = Long.MIN_VALUE;
    for (Event event : events) {
      stage.now += event.later();
      boolean wasOpen = stage.isOpen();
      switch (event.what()) {
        case RENEW -> {
          stage.guard.renew();
          if (pending) {
            assertThat(stage.isOpen()).as("opened by a process that was resigned").isFalse();
          } else {
            renewedAt = stage.now;
            assertThat(stage.deadline()).isEqualTo(renewedAt + BOUND);
          }
        }
        case TURN -> {
          int before = stage.told;
          stage.turn();
          assertThat(stage.told - before).isEqualTo(pending ? 1 : 0);
          pending = false;
          // After the peers' patience the election stands down by itself.
          if (stage.isOpen() && stage.now < renewedAt + PATIENCE.toNanos()) {
            assertThat(stage.deadline()).isLessThanOrEqualTo(renewedAt + PATIENCE.toNanos());
            long safe = Math.min(stage.now + GRACE, renewedAt + PATIENCE.toNanos());
            assertThat(stage.deadline())
                .as("the process may act, so the guardian must wait")
                .isGreaterThanOrEqualTo(safe);
          }
        }
        case GUARDIAN_LOOKS -> {
          if (stage.guardianLooks()) {
            assertThat(wasOpen).isTrue();
            assertThat(stage.now).isGreaterThanOrEqualTo(renewedAt + BOUND);
            pending = true;
          }
        }
        case SHUT -> {
          stage.guard.shut();
          assertThat(stage.isOpen()).isFalse();
          pending = false;
        }
      }
    }
  }

  @Example
  void whoRenewsAfterBeingResignedHearsOfItInTheNextTurn() {
    Stage stage = new Stage();
    stage.guard.renew();
    stage.now += BOUND;
    assertThat(stage.guardianLooks()).isTrue();
    stage.guard.renew();
    assertThat(stage.isOpen()).isFalse();
    assertThat(stage.told).isZero();
    assertThat(stage.turnWanted).isTrue();
    stage.turn();
    assertThat(stage.told).isEqualTo(1);
    stage.guard.renew();
    assertThat(stage.isOpen()).isTrue();
  }

  @Example
  void whoWakesJustInTimeIsLeftAloneForAWhile() {
    Stage stage = new Stage();
    stage.guard.renew();
    stage.now += BOUND - 1;
    stage.turn();
    stage.now += GRACE - 1;
    assertThat(stage.guardianLooks()).isFalse();
    stage.now += 1;
    assertThat(stage.guardianLooks()).isTrue();
  }

  @Example
  void theFenceSaysWhatIsInForceNow() {
    Stage stage = new Stage();
    assertThat(stage.guard.fence()).isEqualTo(new Fence.None());
    stage.guard.update(
        new GuardedRouter(
            "VI",
            "eth0",
            List.of(VirtualAddress.parse("192.0.2.1/32")),
            Duration.ofSeconds(1),
            PATIENCE,
            List.of()));
    assertThat(stage.guard.fence())
        .isEqualTo(
            new Fence.OnExitAndStall(
                Duration.ofMillis(10), Duration.ofNanos(BOUND + GRACE).plusMillis(10)));
    stage.guardianSaw = false;
    assertThat(stage.guard.fence()).isEqualTo(new Fence.None());
    stage.guardianSaw = true;
    stage.guard.close();
    assertThat(stage.guard.fence()).isEqualTo(new Fence.None());
  }
}

package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.node.DressRehearsal.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DressRehearsalTest {

  private static final long MILLI = 1_000_000;

  private final Host host = new Host();
  private final DressRehearsal dress =
      new DressRehearsal(
          host, Rehearsal.of(RehearsalTest.group("172.17.16.3").build(), RehearsalTest.HOST));

  @Test
  void theHostTakesPartFiveMillisecondsBeforeATakeover() {
    dress.new Call().expect(3_609 * MILLI);
    host.runUntil(3_603 * MILLI);
    assertThat(host.rehearsedAt).isEmpty();

    host.runUntil(3_609 * MILLI);
    assertThat(host.rehearsedAt).containsExactly(3_604 * MILLI);
  }

  @Test
  void adverts_putItOff() {
    Call call = dress.new Call();
    for (int i = 0; i < 10; i++) {
      call.expect(host.now + 3_609 * MILLI);
      host.runUntil(host.now + 1_000 * MILLI);
    }
    assertThat(host.rehearsedAt).isEmpty();
  }

  @Test
  void aClaim_isNotHeldUp() {
    Call call = dress.new Call();
    call.expect(3_609 * MILLI);
    call.expect(12 * MILLI);
    host.runUntil(5_000 * MILLI);
    assertThat(host.rehearsedAt).isEmpty();
  }

  @Test
  void whoTakesPartNoMore_isNotRehearsedFor() {
    Call call = dress.new Call();
    call.expect(3_609 * MILLI);
    call.expect(Long.MAX_VALUE);
    host.runUntil(5_000 * MILLI);
    assertThat(host.rehearsedAt).isEmpty();
  }

  @Test
  void takeoversThatFollowEachOther_areRehearsedForOnce() {
    dress.new Call().expect(5_360 * MILLI);
    dress.new Call().expect(5_370 * MILLI);
    dress.new Call().expect(6_500 * MILLI);
    host.runUntil(9_000 * MILLI);
    assertThat(host.rehearsedAt).containsExactly(5_355 * MILLI, 6_495 * MILLI);
  }

  @Test
  void aLateLoop_hasNoTimeForIt() {
    dress.new Call().expect(5_360 * MILLI);
    host.stallUntil(5_361 * MILLI);
    assertThat(host.rehearsedAt).isEmpty();
  }

  @Test
  void aProcessThatStarts_isBusyEnough() {
    dress.new Call().expect(360 * MILLI);
    host.runUntil(9_000 * MILLI);
    assertThat(host.rehearsedAt).isEmpty();
  }

  /** Time stands still while code runs. */
  private static final class Host implements TimersOnly {
    private final List<Due> armed = new ArrayList<>();
    private final List<Long> rehearsedAt = new ArrayList<>();
    private long now;

    private final class Due implements Deadline {
      private final Runnable onDue;
      private long at;

      private Due(Runnable onDue) {
        this.onDue = onDue;
      }

      @Override
      public void arm(long atNanos) {
        at = atNanos;
        armed.remove(this);
        armed.add(this);
      }

      @Override
      public void disarm() {
        armed.remove(this);
      }
    }

    void stallUntil(long end) {
      now = end;
      List.copyOf(armed).forEach(due -> due.onDue.run());
    }

    void runUntil(long end) {
      while (true) {
        Due next =
            armed.stream()
                .filter(d -> d.at <= end)
                .min(Comparator.comparingLong(d -> d.at))
                .orElse(null);
        if (next == null) {
          now = end;
          return;
        }
        armed.remove(next);
        now = next.at;
        next.onDue.run();
      }
    }

    @Override
    public void rehearse() {
      rehearsedAt.add(now);
    }

    @Override
    public Deadline newDeadline(Runnable onDue) {
      return new Due(onDue);
    }

    @Override
    public long now() {
      return now;
    }
  }
}

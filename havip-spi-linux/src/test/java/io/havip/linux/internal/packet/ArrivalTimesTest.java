package io.havip.linux.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ArrivalTimesTest {

  private static final long HOUR = 3_600_000_000_000L;

  @Test
  void goodStampsAreTaken() {
    ArrivalTimes times = new ArrivalTimes(100);
    assertThat(times.next(150, 200)).isEqualTo(150);
    assertThat(times.next(180, 200)).isEqualTo(180);
    times.emptyAt(200);
    assertThat(times.next(250, 300)).isEqualTo(250);
  }

  /** A wall clock set forward makes stamps look old; an hour of silence must not be invented. */
  @Test
  void clockSetForwardCannotMoveAnArrivalBeforeTheQueueWasEmpty() {
    ArrivalTimes times = new ArrivalTimes(HOUR);
    times.emptyAt(2 * HOUR);
    assertThat(times.next(2 * HOUR + 5 - HOUR, 2 * HOUR + 10)).isEqualTo(2 * HOUR);
  }

  @Test
  void clockSetBackCannotMoveAnArrivalIntoTheFuture() {
    ArrivalTimes times = new ArrivalTimes(HOUR);
    assertThat(times.next(2 * HOUR, HOUR + 10)).isEqualTo(HOUR + 10);
  }

  @RepeatedTest(10)
  void arrivalsNeverGoBackNorBeyondNow(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    long now = 1000;
    long last = now;
    ArrivalTimes times = new ArrivalTimes(now);
    for (int i = 0; i < 10_000; i++) {
      now += random.nextInt(100);
      if (random.nextInt(3) == 0) {
        long empty = now - random.nextInt(50);
        times.emptyAt(empty);
        last = Math.max(last, empty);
      }
      long arrived = times.next(now + random.nextInt(10_000) - 5000, now);
      assertThat(arrived).isBetween(last, now);
      last = arrived;
    }
  }
}

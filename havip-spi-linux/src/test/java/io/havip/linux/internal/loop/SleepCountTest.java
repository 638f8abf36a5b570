package io.havip.linux.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SleepCountTest {

  private static final long BOOT = 5_000_000_000L;

  private final SleepCount count = new SleepCount();

  @Test
  void aReadingThatTookLongIsNoSleep() {
    Random random = new Random(1);
    long now = 0;
    for (int i = 0; i < 10_000; i++) {
      now += random.nextInt(1_000_000);
      long before = now;
      long read = before + random.nextInt(20_000_000);
      long after = read + random.nextInt(20_000_000);
      assertThat(count.slept(before, BOOT + read, after)).isZero();
      now = after;
    }
  }

  @Test
  void aSleepIsCountedToWithinTheWidthOfTheReadings() {
    count.slept(0, BOOT + 1_000, 2_000);
    long asleep = 60_000_000_000L;
    long slept = count.slept(10_000, BOOT + asleep + 11_000, 12_000);

    assertThat(slept).isBetween(asleep - 4_000, asleep);
    assertThat(count.slept(20_000, BOOT + asleep + 21_000, 22_000)).isEqualTo(slept);
    assertThat(count.slept(30_000, BOOT + 2 * asleep + 31_000, 32_000))
        .isBetween(2 * (asleep - 4_000), 2 * asleep);
  }
}

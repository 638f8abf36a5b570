package io.havip.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimRandomTest {

  @Test
  void isSplitMix64() {
    // The reference output of the algorithm for seed 1234567.
    SimRandom random = new SimRandom(1234567);
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("6457827717110365317");
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("3203168211198807973");
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
  }

  @Test
  void forkDependsOnSeedAndNameAndNotOnWhatWasDrawn() {
    SimRandom drawn = new SimRandom(7);
    drawn.nextLong();
    long expected = new SimRandom(7).fork("x").nextLong();
    assertThat(drawn.fork("x").nextLong()).isEqualTo(expected);
    assertThat(drawn.fork("y").nextLong()).isNotEqualTo(expected);
    assertThat(new SimRandom(8).fork("x").nextLong()).isNotEqualTo(expected);
    assertThat(expected).as("the same on every JVM").isEqualTo(FORK_OF_SEVEN);
  }

  private static final long FORK_OF_SEVEN = -5270689463651733061L;

  @Test
  void boundsAndProbabilitiesHold() {
    SimRandom random = new SimRandom(3);
    int[] counts = new int[7];
    int hits = 0;
    for (int i = 0; i < 70_000; i++) {
      counts[(int) random.below(7)]++;
      hits += random.chance(0.25) ? 1 : 0;
      assertThat(random.chance(0)).isFalse();
      assertThat(random.chance(1)).isTrue();
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_500, 10_500);
    }
    assertThat(hits).isBetween(17_000, 18_000);
    assertThat(random.below(1)).isZero();
    assertThat(random.below(Long.MAX_VALUE)).isNotNegative();
    assertThatThrownBy(() -> random.below(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void durationsLieBetweenTheirLimits() {
    SimRandom random = new SimRandom(3);
    Duration two = Duration.ofNanos(2);
    Duration four = Duration.ofNanos(4);
    boolean[] seen = new boolean[5];
    for (int i = 0; i < 100; i++) {
      seen[(int) random.between(two, four).toNanos()] = true;
    }
    assertThat(seen).containsExactly(false, false, true, true, true);
    assertThat(random.between(four, four)).isEqualTo(four);
  }
}

package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

  @Test
  void returnsTheFirstWantedValue() {
    AtomicInteger counter = new AtomicInteger();
    assertThat(
            Await.until(
                "five", Duration.ofSeconds(10), counter::incrementAndGet, seen -> seen == 5))
        .isEqualTo(5);
  }

  @Test
  void looksOnceEvenWithoutTime() {
    assertThat(Await.until("it", Duration.ZERO, () -> "here", "here"::equals)).isEqualTo("here");
  }

  @Test
  void tellsWhatWasSeenLast() {
    assertThatThrownBy(
            () -> Await.until("spring", Duration.ofMillis(5), () -> "winter", "spring"::equals))
        .isInstanceOf(LabTimeoutException.class)
        .hasMessage("waited 5 ms for spring, last seen: winter");
  }

  @Test
  void anInterruptEndsTheWaitAndIsKept() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Await.until("never", Duration.ofMinutes(1), () -> false))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}

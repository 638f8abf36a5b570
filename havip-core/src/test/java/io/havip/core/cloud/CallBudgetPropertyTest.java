package io.havip.core.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The budget never lets more calls through than the rate, and writes never wait for reads. */
class CallBudgetPropertyTest {

  private static final long SECOND = 1_000_000_000L;

  @Property(tries = 500)
  void noSecondHoldsMoreCallsThanTheRate(
      @ForAll @DoubleRange(min = 0.1, max = 50) double rate,
      @ForAll @Size(min = 1, max = 80) List<@IntRange(max = 400) Integer> pausesMs) {
    CallBudget budget = CallBudget.of(rate);
    List<Long> calls = new ArrayList<>();
    long now = -5 * SECOND;
    for (int pause : pausesMs) {
      now = budget.allowedAt(pause % 2 == 0, now + pause * 1_000_000L);
      budget = budget.taken(now);
      calls.add(now);
    }
    for (long from : calls) {
      long within = calls.stream().filter(t -> t >= from && t < from + SECOND).count();
      assertThat(within).isLessThanOrEqualTo((long) Math.ceil(rate));
    }
  }

  @Property(tries = 500)
  void aWriteAfterAnyNumberOfReads_goesAtOnceOrAfterOneSlot(
      @ForAll @DoubleRange(min = 0.1, max = 50) double rate,
      @ForAll @IntRange(max = 100) int reads) {
    CallBudget budget = CallBudget.of(rate);
    long now = 0;
    for (int i = 0; i < reads; i++) {
      now = budget.allowedAt(false, now);
      budget = budget.taken(now);
    }
    long wait = budget.allowedAt(true, now) - now;
    assertThat(wait).isLessThanOrEqualTo(budget.burst() >= 2 ? 0 : budget.slotNanos());
  }
}

package io.havip.core.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotEmpty;

class LatenessPropertyTest {

  private static Lateness of(List<Long> nanos) {
    Lateness lateness = new Lateness();
    nanos.forEach(lateness::add);
    return lateness;
  }

  /** Every magnitude is as likely as any other. */
  @Provide
  Arbitrary<Long> nanos() {
    return Combinators.combine(
            Arbitraries.longs().between(0, Long.MAX_VALUE), Arbitraries.integers().between(1, 62))
        .as((value, shift) -> value >>> shift);
  }

  @Property
  void above_counts_all_that_were_later_and_none_that_were_an_eighth_less_late(
      @ForAll @NotEmpty List<@From("nanos") Long> nanos, @ForAll("nanos") long bound) {
    long above = of(nanos).above(bound);

    assertThat(above)
        .isGreaterThanOrEqualTo(nanos.stream().filter(n -> n > bound).count())
        .isLessThanOrEqualTo(nanos.stream().filter(n -> n >= bound - bound / 8).count());
  }

  @Property
  void above_the_worst_there_is_nothing(@ForAll @NotEmpty List<@From("nanos") Long> nanos) {
    Lateness lateness = of(nanos);

    assertThat(lateness.worst()).isEqualTo(nanos.stream().mapToLong(n -> n).max().orElseThrow());
    assertThat(lateness.above(lateness.worst())).isZero();
    assertThat(lateness.samples()).isEqualTo(nanos.size());
  }

  @Property
  void a_quantile_is_exceeded_by_no_more_than_the_rest_and_at_most_an_eighth_too_great(
      @ForAll @NotEmpty List<@From("nanos") Long> nanos,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    long quantile = of(nanos).quantile(share);
    List<Long> sorted = nanos.stream().sorted().toList();
    long exact = sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));

    assertThat(quantile).isBetween(exact, exact + exact / 8);
  }

  @Example
  void nothing_was_never_late() {
    assertThat(new Lateness().quantile(0.5)).isZero();
    assertThat(new Lateness().above(0)).isZero();
  }

  @Example
  void early_counts_as_on_time() {
    Lateness lateness = of(List.of(-5L));

    assertThat(lateness.samples()).isEqualTo(1);
    assertThat(lateness.worst()).isZero();
  }

  @Example
  void the_meter_gives_one_sample_an_interval_and_that_is_the_worst() {
    LatenessMeter meter = new LatenessMeter(100);
    meter.served(1000, 1010);
    meter.served(1050, 1080);
    meter.served(1099, 1100);
    assertThat(meter.lateness().samples()).isZero();

    meter.served(1100, 1105);
    assertThat(meter.lateness().samples()).isEqualTo(1);
    assertThat(meter.lateness().worst()).isEqualTo(30);

    meter.slot(1000);
    meter.served(1250, 1252);
    meter.served(2249, 2349);
    meter.served(2250, 2250);
    assertThat(meter.lateness().samples()).isEqualTo(3);
    assertThat(meter.lateness().worst()).isEqualTo(100);
  }
}

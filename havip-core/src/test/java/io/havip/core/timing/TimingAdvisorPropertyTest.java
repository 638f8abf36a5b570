package io.havip.core.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The formula against the process that it describes. */
class TimingAdvisorPropertyTest {

  private static final long T = 100_000_000L;
  private static final int ADVERTS = 400_000;

  /** How many takeovers a peer makes: it goes back at once, as after a preemption. */
  private static long simulate(
      int k, long skew, double loss, LongSupplier lateness, SplittableRandom random) {
    long patience = k * T + skew;
    long due = 0;
    long heardAt = 0;
    long takeovers = 0;
    for (int i = 0; i < ADVERTS; i++) {
      long sentAt = due + lateness.getAsLong();
      due = sentAt - due < T ? due + T : sentAt + T;
      if (random.nextDouble() >= loss) {
        takeovers += sentAt - heardAt > patience ? 1 : 0;
        heardAt = sentAt;
      }
    }
    return takeovers;
  }

  private static double perDay(double takeovers) {
    return takeovers / (ADVERTS * (T / 1e9)) * 86_400;
  }

  /** Stalls are rare, as in life: two in a row do not matter then. */
  @Property(tries = 60)
  void the_formula_tells_what_the_process_does(
      @ForAll @IntRange(min = 1, max = 4) int k,
      @ForAll @IntRange(min = 1, max = 254) int peerPriority,
      @ForAll @DoubleRange(min = 0, max = 0.1) double loss,
      @ForAll @LongRange(min = 0, max = 5 * T) long stall,
      @ForAll @DoubleRange(min = 0, max = 0.01) double stalls,
      @ForAll long seed) {
    long skew = (256 - peerPriority) * T / 256;
    // The class of a stall that is a little too short is counted whole.
    for (long left = skew; left < k * T; left += T) {
      Assume.that(stall > left || stall < left - left / 8);
    }
    requireTheSameOfBoth(k, skew, loss, stall, stalls, new SplittableRandom(seed));
  }

  /** The sender counts the next interval from a late advert, whether or not that arrives. */
  @Example
  void a_lost_advert_that_was_late_by_an_interval_delays_those_behind_it() {
    requireTheSameOfBoth(4, T / 2, 0.05, 3 * T, 0.01, new SplittableRandom(1));
  }

  private static void requireTheSameOfBoth(
      int k, long skew, double loss, long stall, double stalls, SplittableRandom random) {
    Lateness measured = new Lateness();
    LongSupplier lateness =
        () -> {
          long late = random.nextDouble() < stalls ? stall : 0;
          measured.add(late);
          return late;
        };
    long happened = simulate(k, skew, loss, lateness, random);
    var expected = new TimingAdvisor(measured).falseTakeovers(T, k, skew, loss);

    double noise = 5 * Math.sqrt(happened + 1.0) + 3;
    // Behind a long stall no advert is due, so a few intervals of four hundred thousand are
    // missing.
    double stalled = happened * (0.05 + 8 * stalls);
    assertThat(expected.seenPerDay())
        .isCloseTo(perDay((double) happened), within(perDay(noise + stalled)));
    assertThat(expected.atMostPerDay()).isGreaterThanOrEqualTo(expected.seenPerDay());
  }

  @Property(tries = 200)
  void at_the_interval_that_can_be_kept_only_loss_costs_takeovers(
      @ForAll @IntRange(min = 1, max = 5) int k, @ForAll @LongRange(max = 10 * T) long worst) {
    Lateness measured = new Lateness();
    measured.add(worst);
    TimingAdvisor advisor = new TimingAdvisor(measured);
    long interval = advisor.shortestInterval(k);
    long skew = 2 * interval / 256;

    assertThat(interval % 10_000_000).isZero();
    assertThat(advisor.falseTakeovers(interval, k, skew, 0).seenPerDay()).isZero();
    if (interval > 10_000_000) {
      long shorter = interval - 10_000_000;
      int lost = k >= 3 ? 1 : 0;
      long left = (k - 1 - lost) * shorter + 2 * shorter / 256;
      assertThat(worst).as("a shorter one would not do").isGreaterThan(left);
    }
  }

  @Example
  void without_lateness_a_takeover_takes_as_many_lost_adverts_as_the_multiplier() {
    Lateness punctual = new Lateness();
    punctual.add(0);
    var takeovers = new TimingAdvisor(punctual).falseTakeovers(T, 3, T / 2, 0.01);

    double heardPerDay = 0.99 * 864_000;
    assertThat(takeovers.seenPerDay()).isCloseTo(heardPerDay * 1e-6, within(1e-9));
  }

  @Example
  void what_was_not_seen_in_n_samples_is_at_most_three_in_n() {
    Lateness punctual = new Lateness();
    for (int i = 0; i < 3_000; i++) {
      punctual.add(0);
    }
    var takeovers = new TimingAdvisor(punctual).falseTakeovers(T, 3, T / 2, 0);

    assertThat(takeovers.seenPerDay()).isZero();
    assertThat(takeovers.atMostPerDay()).isCloseTo(864.0, within(1e-6));
  }

  /** Of a count whose mean is the bound, so few have a probability of at most 5 %. */
  @Property(tries = 200)
  void the_bound_on_a_share_is_not_too_small(@ForAll @IntRange(max = 500) int count) {
    Lateness measured = new Lateness();
    int samples = 1_000_000;
    for (int i = 0; i < samples; i++) {
      measured.add(i < count ? T : 0);
    }
    var takeovers = new TimingAdvisor(measured).falseTakeovers(T, 1, T / 2, 0);
    double mean = takeovers.atMostPerDay() / 864_000 * samples;
    double term = Math.exp(-mean);
    double atMostSoMany = term;
    for (int i = 1; i <= count; i++) {
      term *= mean / i;
      atMostSoMany += term;
    }

    assertThat(atMostSoMany).isLessThanOrEqualTo(0.05);
  }

  @Example
  void nothing_measured_nothing_known() {
    var takeovers = new TimingAdvisor(new Lateness()).falseTakeovers(T, 3, T / 2, 0);

    assertThat(takeovers.seenPerDay()).isZero();
    assertThat(takeovers.atMostPerDay()).isGreaterThanOrEqualTo(864_000);
  }
}

package io.havip.core.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HealthCheck;
import io.havip.HealthCheckConfig;
import io.havip.core.tracking.CheckState.Health;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rise, fall and the first result. */
class CheckStateTest {

  private static final HealthCheck.Probe PROBE = () -> true;

  private static HealthCheckConfig check(int rise, int fall) {
    return HealthCheckConfig.of("db", PROBE).withHysteresis(rise, fall);
  }

  private static HealthCheckConfig initiallyFailed(int rise, int fall) {
    Duration second = Duration.ofSeconds(1);
    return new HealthCheckConfig("db", PROBE, second, second, rise, fall, true);
  }

  /** The health after each run; {@code +} succeeded, {@code -} failed. */
  private static String healths(HealthCheckConfig config, String runs) {
    StringBuilder healths = new StringBuilder();
    CheckState state = CheckState.initial(config);
    for (int run = 0; run < runs.length(); run++) {
      state = state.after(config, runs.charAt(run) == '+');
      healths.append(
          switch (state.health()) {
            case UNKNOWN -> '?';
            case PRESUMED_FAILED -> '!';
            case TRUSTED -> 't';
            case WELL -> '+';
            case FAILED -> '-';
          });
    }
    return healths.toString();
  }

  @Test
  void before_the_first_result_the_health_is_unknown() {
    assertThat(CheckState.initial(check(1, 1))).isEqualTo(new CheckState(Health.UNKNOWN, 0));
  }

  @Test
  void the_first_result_of_a_trusted_check_decides_at_once() {
    assertThat(CheckState.trusted().after(check(3, 3), false))
        .isEqualTo(new CheckState(Health.FAILED, 0));
    assertThat(CheckState.trusted().after(check(3, 3), true))
        .isEqualTo(new CheckState(Health.WELL, 0));
  }

  @Test
  void rise_and_fall_of_1_follow_every_result() {
    assertThat(healths(check(1, 1), "+--+-++")).isEqualTo("+--+-++");
  }

  @Test
  void the_first_result_decides_at_once_whatever_rise_and_fall_say() {
    assertThat(healths(check(10, 10), "+")).isEqualTo("+");
    assertThat(healths(check(10, 10), "-")).isEqualTo("-");
  }

  @Test
  void fall_failures_in_a_row_make_a_fit_member_unfit() {
    assertThat(healths(check(1, 3), "+---")).isEqualTo("+++-");
  }

  @Test
  void rise_successes_in_a_row_make_an_unfit_member_fit() {
    assertThat(healths(check(3, 1), "-+++")).isEqualTo("---+");
  }

  @Test
  void a_result_that_agrees_starts_the_count_anew() {
    assertThat(healths(check(3, 3), "+--+--+---")).isEqualTo("+++++++++-");
    assertThat(healths(check(3, 3), "-++-++-+++")).isEqualTo("---------+");
    assertThat(healths(check(9, 3), "+-+-+-+---")).isEqualTo("+++++++++-");
    assertThat(healths(check(3, 9), "-+-+-+-+++")).isEqualTo("---------+");
  }

  @Test
  void rise_and_fall_count_apart() {
    assertThat(healths(check(2, 3), "+---++---")).isEqualTo("+++--+++-");
  }

  @Test
  void init_fail_counts_as_failed_from_the_start() {
    assertThat(CheckState.initial(initiallyFailed(1, 1)))
        .isEqualTo(new CheckState(Health.PRESUMED_FAILED, 0));
  }

  @Test
  void init_fail_needs_rise_successes_like_every_unfit_member() {
    assertThat(healths(initiallyFailed(1, 3), "+")).isEqualTo("+");
    assertThat(healths(initiallyFailed(3, 3), "+++")).isEqualTo("!!+");
  }

  @Test
  void init_fail_is_confirmed_by_the_first_failure() {
    assertThat(healths(initiallyFailed(3, 3), "-+++---")).isEqualTo("---+++-");
    assertThat(healths(initiallyFailed(3, 3), "++-++")).isEqualTo("!!---");
  }
}

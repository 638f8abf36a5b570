package io.havip.core.election;

import static io.havip.core.election.Machine.HIGHER_ADDRESS;
import static io.havip.core.election.Machine.LOWER_ADDRESS;
import static io.havip.core.election.Machine.OWN_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Announcements;
import io.havip.Preemption;
import io.havip.RouterState;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Skew_Time, Active_Down_Interval, and how the interval is learned (RFC 9568 section 6.1). */
class ElectionTimersTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Duration DOWN_AT_100 = Duration.ofNanos(3_609_375_000L);
  private static final Duration SKEW_AT_100 = Duration.ofNanos(609_375_000L);

  private static ElectionConfig config(
      VrrpVersion version, UnaryOperator<VirtualRouterConfigBuilder> change) {
    return ElectionConfig.of(Machine.router(version, change), OWN_ADDRESS);
  }

  @Test
  void skew_v2_is_256_minus_priority_over_256_seconds_whatever_the_interval() {
    ElectionConfig one = config(VrrpVersion.V2, b -> b);
    ElectionConfig five =
        config(VrrpVersion.V2, b -> b.advertInterval(Duration.ofSeconds(5)).priority(100));

    assertThat(one.skew(100, SECOND)).isEqualTo(609_375_000L);
    assertThat(five.skew(100, 5 * SECOND)).isEqualTo(609_375_000L);
    assertThat(one.skew(1, SECOND)).isEqualTo(996_093_750L);
    assertThat(one.skew(254, SECOND)).isEqualTo(7_812_500L);
  }

  @Test
  void skew_v3_is_256_minus_priority_times_the_learned_interval_over_256() {
    ElectionConfig config = config(VrrpVersion.V3, b -> b);

    assertThat(config.skew(100, SECOND)).isEqualTo(609_375_000L);
    assertThat(config.skew(100, SECOND / 10)).isEqualTo(60_937_500L);
    assertThat(config.skew(100, SECOND / 100)).isEqualTo(6_093_750L);
    assertThat(config.skew(255, SECOND)).isEqualTo(3_906_250L);
  }

  @Test
  void down_v2_is_three_intervals_plus_skew() {
    ElectionConfig config =
        config(VrrpVersion.V2, b -> b.advertInterval(Duration.ofSeconds(5)).priority(150));

    assertThat(config.activeDownInterval(150, 5 * SECOND)).isEqualTo(15_414_062_500L);
  }

  @Test
  void down_v3_is_three_intervals_plus_skew() {
    ElectionConfig config = config(VrrpVersion.V3, b -> b);

    assertThat(config.activeDownInterval(100, SECOND)).isEqualTo(3_609_375_000L);
    assertThat(config.activeDownInterval(100, SECOND / 10)).isEqualTo(360_937_500L);
    assertThat(config.activeDownInterval(100, SECOND / 100)).isEqualTo(36_093_750L);
    assertThat(config.activeDownInterval(150, SECOND)).isEqualTo(3_414_062_500L);
  }

  @Test
  void down_multiplier_1_to_100_replaces_the_three() {
    assertThat(config(VrrpVersion.V3, b -> b.downMultiplier(1)).activeDownInterval(100, SECOND))
        .isEqualTo(1_609_375_000L);
    assertThat(config(VrrpVersion.V3, b -> b.downMultiplier(100)).activeDownInterval(100, SECOND))
        .isEqualTo(100_609_375_000L);
  }

  @Test
  void down_of_the_longest_interval_and_multiplier_does_not_overflow() {
    ElectionConfig config = config(VrrpVersion.V3, b -> b.downMultiplier(100));

    assertThat(config.activeDownInterval(1, 40_950_000_000L))
        .isEqualTo(100 * 40_950_000_000L + 40_790_039_062L);
  }

  @Test
  void effective_priority_is_what_counts() {
    Machine machine = Machine.v3();
    machine.priorityChanged(150);
    machine.start();

    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofNanos(3_414_062_500L));
  }

  @Test
  void a_v3_backup_learns_the_interval_from_each_accepted_advert() {
    Machine machine = Machine.v3();
    machine.start();

    machine.at(100).hears(HIGHER_ADDRESS, 200, Duration.ofMillis(200));
    assertThat(machine.activeDownAt())
        .isEqualTo(Duration.ofMillis(100).plus(DOWN_AT_100.dividedBy(5)));

    machine.at(300).hears(HIGHER_ADDRESS, 200, Duration.ofSeconds(40));
    assertThat(machine.state().activeInterval()).isEqualTo(40 * SECOND);
    assertThat(machine.activeDownAt())
        .isEqualTo(Duration.ofMillis(300).plus(DOWN_AT_100.multipliedBy(40)));
  }

  @Test
  void interval_4095_in_one_packet_is_learned_and_makes_the_down_timer_123_seconds_and_more() {
    Machine machine = Machine.v3();
    machine.start();
    machine.hears(HIGHER_ADDRESS, 200, Duration.ofMillis(40_950));

    assertThat(machine.activeDownAt().toMillis()).isEqualTo(147_803);
  }

  @Test
  void nothing_is_learned_from_an_advert_that_is_not_accepted() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(100).hears(HIGHER_ADDRESS, 50, Duration.ofSeconds(10));

    assertThat(machine.state().activeInterval()).isEqualTo(SECOND);
    assertThat(machine.activeDownAt()).isEqualTo(DOWN_AT_100);
  }

  @Test
  void a_resignation_counts_with_the_learned_interval_and_teaches_none() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(100).hears(HIGHER_ADDRESS, 200, Duration.ofMillis(100));
    machine.at(200).hears(HIGHER_ADDRESS, 0, Duration.ofSeconds(30));

    assertThat(machine.state().activeInterval()).isEqualTo(SECOND / 10);
    assertThat(machine.activeDownAt())
        .isEqualTo(Duration.ofMillis(200).plus(SKEW_AT_100.dividedBy(10)));
  }

  @Test
  void v2_never_learns() {
    Machine machine = Machine.v2(b -> b);
    machine.start();
    machine.at(100).hears(HIGHER_ADDRESS, 200, Duration.ofSeconds(30));

    assertThat(machine.state().activeInterval()).isEqualTo(SECOND);
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofMillis(100).plus(DOWN_AT_100));
  }

  @Test
  void the_interval_is_reset_to_the_own_one_when_becoming_active() {
    Machine machine = Machine.v3();
    machine.start();
    machine.hears(HIGHER_ADDRESS, 200, Duration.ofMillis(100));
    machine.runTo(Duration.ofNanos(360_937_500));

    assertThat(machine.where()).isEqualTo(RouterState.ACTIVE);
    assertThat(machine.state().activeInterval()).isEqualTo(SECOND);
    assertThat(machine.advertAt()).isEqualTo(Duration.ofNanos(1_360_937_500));
  }

  @Test
  void the_interval_is_reset_to_the_own_one_when_leaving_fault() {
    Machine machine = Machine.v3();
    machine.start();
    machine.hears(HIGHER_ADDRESS, 200, Duration.ofMillis(100));
    machine.at(200).faultRaised();
    machine.at(5_000).faultCleared();

    assertThat(machine.state().activeInterval()).isEqualTo(SECOND);
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofSeconds(5).plus(DOWN_AT_100));
  }

  @Test
  void the_interval_is_learned_from_the_advert_one_yields_to() {
    Machine machine = Machine.active();
    machine.at(500).hears(LOWER_ADDRESS, 200, Duration.ofMillis(100));

    assertThat(machine.where()).isEqualTo(RouterState.BACKUP);
    assertThat(machine.activeDownAt())
        .isEqualTo(Duration.ofMillis(500).plus(DOWN_AT_100.dividedBy(10)));
  }

  /** FRR truncates to centiseconds (600 ms here), so its backups collide at short intervals. */
  @Test
  void deviation_from_frr_the_skew_is_never_truncated_to_centiseconds() {
    ElectionConfig config = config(VrrpVersion.V3, b -> b);

    assertThat(config.skew(100, SECOND)).isEqualTo(609_375_000L);
    assertThat(config.skew(240, SECOND / 100)).isEqualTo(625_000L);
  }

  @Test
  void at_10_ms_one_priority_step_is_39_microseconds_and_ten_are_390() {
    ElectionConfig config = config(VrrpVersion.V3, b -> b);
    long tenMillis = SECOND / 100;

    assertThat(config.skew(199, tenMillis) - config.skew(200, tenMillis))
        .isBetween(39_062L, 39_063L);
    assertThat(config.skew(240, tenMillis) - config.skew(250, tenMillis)).isEqualTo(390_625L);
  }

  @Test
  void priority_254_makes_the_skew_8_ms_at_one_second() {
    Machine machine = Machine.v3(b -> b.priority(254));
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 254);
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofNanos(4_007_812_500L));

    machine.at(2_000).hears(HIGHER_ADDRESS, 0);
    assertThat(machine.activeDownAt()).isEqualTo(Duration.ofNanos(2_007_812_500L));
  }

  @Test
  void floor_of_a_silent_death_at_priority_100_is_2_61_to_3_61_seconds() {
    Machine machine = Machine.v3();
    machine.start();
    machine.at(1_000).hears(HIGHER_ADDRESS, 200);
    Duration takeover = machine.activeDownAt();

    Duration diedAfterThisAdvert = Duration.ofSeconds(1);
    Duration diedBeforeTheNext = Duration.ofSeconds(2);
    assertThat(takeover.minus(diedAfterThisAdvert)).isEqualTo(DOWN_AT_100);
    assertThat(takeover.minus(diedBeforeTheNext)).isEqualTo(Duration.ofNanos(2_609_375_000L));
  }

  @Test
  void of_two_backups_the_one_of_higher_priority_is_first() {
    Machine better = Machine.v3(b -> b.priority(150));
    Machine worse = Machine.v3(b -> b.priority(140));
    for (Machine each : new Machine[] {better, worse}) {
      each.start();
      each.at(1_000).hears(HIGHER_ADDRESS, 200);
    }

    assertThat(worse.activeDownAt().minus(better.activeDownAt()))
        .isEqualTo(Duration.ofNanos(39_062_500));
  }

  @Test
  void the_patience_of_the_peers_is_down_at_priority_254() {
    assertThat(config(VrrpVersion.V3, b -> b).peersPatience()).isEqualTo(3_007_812_500L);
    assertThat(config(VrrpVersion.V2, b -> b).peersPatience()).isEqualTo(3_007_812_500L);
    assertThat(config(VrrpVersion.V3, b -> b.advertInterval(Duration.ofMillis(10))).peersPatience())
        .isEqualTo(30_078_125L);
    assertThat(config(VrrpVersion.V3, b -> b.downMultiplier(5)).peersPatience())
        .isEqualTo(5_007_812_500L);
  }

  @Test
  void preemption_is_read_from_the_configuration() {
    ElectionConfig atOnce = config(VrrpVersion.V3, b -> b);
    assertThat(atOnce.preempt()).isTrue();
    assertThat(atOnce.preemptDelayNanos()).isZero();

    ElectionConfig later =
        config(VrrpVersion.V3, b -> b.preemption(new Preemption.After(Duration.ofSeconds(7))));
    assertThat(later.preempt()).isTrue();
    assertThat(later.preemptDelayNanos()).isEqualTo(7 * SECOND);

    assertThat(config(VrrpVersion.V3, b -> b.preemption(Preemption.NEVER)).preempt()).isFalse();
  }

  @Test
  void nopreempt_is_cleared_at_priority_255() {
    assertThat(config(VrrpVersion.V3, b -> b.preemption(Preemption.NEVER).priority(255)).preempt())
        .isTrue();
  }

  @Test
  void the_rest_is_read_from_the_configuration() {
    ElectionConfig config =
        config(
            VrrpVersion.V2,
            b ->
                b.advertInterval(Duration.ofSeconds(2))
                    .downMultiplier(4)
                    .replyToLowerPriority(false)
                    .adviseHigherPriority(true)
                    .beforeServing(router -> {}, Duration.ofSeconds(3)));

    assertThat(config)
        .isEqualTo(
            new ElectionConfig(
                VrrpVersion.V2,
                OWN_ADDRESS,
                2 * SECOND,
                4,
                true,
                0,
                false,
                true,
                3 * SECOND,
                Announcements.DEFAULT,
                false,
                3_000_000));
    assertThat(config(VrrpVersion.V3, b -> b).prepareNanos()).isZero();
  }
}

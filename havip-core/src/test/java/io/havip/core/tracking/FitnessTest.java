package io.havip.core.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HealthCheck;
import io.havip.HealthCheckConfig;
import io.havip.Track;
import io.havip.core.tracking.CheckState.Health;
import io.havip.core.tracking.Fitness.Dependency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights, faults and the effective priority. */
class FitnessTest {

  private static final HealthCheck.Probe PROBE = () -> true;

  private static Dependency check(int weight, Health health) {
    return check("db", weight, false, health);
  }

  private static Dependency reversed(int weight, Health health) {
    return check("db", weight, true, health);
  }

  private static Dependency check(String name, int weight, boolean reverse, Health health) {
    HealthCheckConfig config = HealthCheckConfig.of(name, PROBE);
    return new Dependency(new Track.Check(config, weight, reverse), health);
  }

  private static Dependency link(String name, int weight, boolean reverse, Health health) {
    return new Dependency(new Track.Interface(name, weight, reverse), health);
  }

  private static int priority(int configured, Dependency... dependencies) {
    return Fitness.of(configured, List.of(dependencies)).priority();
  }

  private static List<String> faults(Dependency... dependencies) {
    return Fitness.of(100, List.of(dependencies)).faults();
  }

  @Test
  void without_dependencies_the_priority_is_the_configured_one() {
    assertThat(Fitness.of(100, List.of())).isEqualTo(new Fitness(100, List.of()));
  }

  @Test
  void positive_weight_is_added_while_well() {
    assertThat(priority(100, check(20, Health.WELL))).isEqualTo(120);
    assertThat(priority(100, check(20, Health.FAILED))).isEqualTo(100);
  }

  @Test
  void negative_weight_is_added_while_failed() {
    assertThat(priority(100, check(-20, Health.WELL))).isEqualTo(100);
    assertThat(priority(100, check(-20, Health.FAILED))).isEqualTo(80);
  }

  @Test
  void a_weight_never_makes_a_fault() {
    assertThat(faults(check(20, Health.FAILED), check(-20, Health.FAILED))).isEmpty();
    assertThat(faults(check(254, Health.UNKNOWN), check(-254, Health.UNKNOWN))).isEmpty();
  }

  @Test
  void weight_0_is_a_fault_while_failed_and_leaves_the_priority() {
    assertThat(faults(check(0, Health.FAILED))).containsExactly("check db: failed");
    assertThat(faults(check(0, Health.WELL))).isEmpty();
    assertThat(priority(100, check(0, Health.FAILED))).isEqualTo(100);
  }

  @Test
  void unknown_with_weight_0_holds_in_fault() {
    assertThat(faults(check(0, Health.UNKNOWN))).containsExactly("check db: unknown");
    assertThat(faults(reversed(0, Health.UNKNOWN))).containsExactly("check db: unknown");
  }

  @Test
  void unknown_with_a_weight_contributes_nothing() {
    assertThat(priority(100, check(20, Health.UNKNOWN))).isEqualTo(100);
    assertThat(priority(100, check(-20, Health.UNKNOWN))).isEqualTo(100);
    assertThat(priority(100, reversed(20, Health.UNKNOWN))).isEqualTo(100);
    assertThat(priority(100, reversed(-20, Health.UNKNOWN))).isEqualTo(100);
  }

  @Test
  void trusted_costs_nothing_and_adds_nothing_reversed_or_not() {
    assertThat(faults(check(0, Health.TRUSTED), reversed(0, Health.TRUSTED))).isEmpty();
    assertThat(priority(100, check(20, Health.TRUSTED), check(-20, Health.TRUSTED))).isEqualTo(100);
    assertThat(priority(100, reversed(20, Health.TRUSTED), reversed(-20, Health.TRUSTED)))
        .isEqualTo(100);
  }

  @Test
  void init_fail_counts_as_failed() {
    assertThat(faults(check(0, Health.PRESUMED_FAILED)))
        .containsExactly("check db: unknown, which counts as failed");
    assertThat(priority(100, check(20, Health.PRESUMED_FAILED))).isEqualTo(100);
    assertThat(priority(100, check(-20, Health.PRESUMED_FAILED))).isEqualTo(80);
  }

  @Test
  void reverse_is_not_applied_to_the_initial_value_of_init_fail() {
    assertThat(faults(reversed(0, Health.PRESUMED_FAILED)))
        .containsExactly("check db: unknown, which counts as failed");
    assertThat(priority(100, reversed(20, Health.PRESUMED_FAILED))).isEqualTo(100);
    assertThat(priority(100, reversed(-20, Health.PRESUMED_FAILED))).isEqualTo(80);
  }

  @Test
  void reverse_swaps_well_and_failed() {
    assertThat(priority(100, reversed(20, Health.WELL))).isEqualTo(100);
    assertThat(priority(100, reversed(20, Health.FAILED))).isEqualTo(120);
    assertThat(priority(100, reversed(-20, Health.WELL))).isEqualTo(80);
    assertThat(priority(100, reversed(-20, Health.FAILED))).isEqualTo(100);
    assertThat(faults(reversed(0, Health.FAILED))).isEmpty();
    assertThat(faults(reversed(0, Health.WELL)))
        .containsExactly("check db: well, which counts as failed");
  }

  @Test
  void an_interface_counts_like_a_check() {
    assertThat(faults(link("eth1", 0, false, Health.FAILED)))
        .containsExactly("interface eth1: failed");
    assertThat(faults(link("eth1", 0, true, Health.FAILED))).isEmpty();
    assertThat(priority(100, link("eth1", -30, false, Health.FAILED))).isEqualTo(70);
  }

  @Test
  void contributions_add_up() {
    assertThat(
            priority(
                100,
                check("a", 20, false, Health.WELL),
                check("b", -5, false, Health.FAILED),
                check("c", 7, true, Health.FAILED),
                check("d", 50, false, Health.FAILED),
                check("e", 0, false, Health.FAILED)))
        .isEqualTo(122);
  }

  @Test
  void the_sum_is_clamped_and_not_its_parts() {
    assertThat(
            priority(
                200, check("a", 254, false, Health.WELL), check("b", -254, false, Health.FAILED)))
        .isEqualTo(200);
  }

  @Test
  void clamp_at_1() {
    assertThat(priority(100, check(-99, Health.FAILED))).isEqualTo(1);
    assertThat(priority(100, check(-100, Health.FAILED))).isEqualTo(1);
    assertThat(priority(100, check(-254, Health.FAILED))).isEqualTo(1);
  }

  @Test
  void clamp_at_254_so_that_tracking_never_reaches_the_owner() {
    assertThat(priority(100, check(154, Health.WELL))).isEqualTo(254);
    assertThat(priority(100, check(155, Health.WELL))).isEqualTo(254);
    assertThat(priority(254, check(254, Health.WELL))).isEqualTo(254);
  }

  @Test
  void base_255_is_never_changed() {
    assertThat(priority(255, check(-100, Health.FAILED))).isEqualTo(255);
    assertThat(priority(255, check(100, Health.WELL))).isEqualTo(255);
  }

  @Test
  void an_owner_has_faults_like_everybody() {
    assertThat(Fitness.of(255, List.of(check(0, Health.FAILED))).faults()).hasSize(1);
  }

  @Test
  void faults_are_told_in_the_order_of_the_configuration() {
    assertThat(
            faults(
                check("b", 0, false, Health.FAILED),
                check("fine", 0, false, Health.WELL),
                link("eth1", 0, false, Health.FAILED),
                check("a", 0, false, Health.UNKNOWN)))
        .containsExactly("check b: failed", "interface eth1: failed", "check a: unknown");
  }
}

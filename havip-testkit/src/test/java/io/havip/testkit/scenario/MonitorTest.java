package io.havip.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a node's own monitor must not take for a violation. */
class MonitorTest {

  /** b stands still when it should have taken over, and wakes to adverts that came after that. */
  private static final String STANDS_STILL =
      """
      havip-scenario 1
      length  20s
      network 10.0.0.0/24
      router  vrid 7 address 10.0.0.50/24
      member  a 10.0.0.1 priority 100
      member  b 10.0.0.2 priority 200
      at 0s   kill a
      at 1s   pause b
      at 4s   restart a
      at 10s  resume b
      """;

  /** What a process that died has left behind cannot be taken off. */
  private static final String LEFT_BEHIND =
      """
      havip-scenario 1
      length  40s
      network 10.0.0.0/24
      router  vrid 7 address 10.0.0.50/24
      member  a 10.0.0.1 priority 100
      member  b 10.0.0.2 priority 200
      at 9s   refuse b unbind
      at 10s  restart b
      at 30s  allow b unbind
      """;

  private static void assertNothingCounted(String scenario) {
    Outcome outcome = ScenarioRunner.nodes().run(Scenario.parse(scenario));
    assertThat(outcome.violated()).isEmpty();
    assertThat(outcome.records())
        .noneSatisfy(record -> assertThat(record.detail()).contains(" does not hold"));
    assertThat(outcome.records())
        .anySatisfy(record -> assertThat(record.detail()).contains("BACKUP -> ACTIVE"));
  }

  @Test
  void aStandstillIsKnownBeforeWhatCameInIt() {
    assertNothingCounted(STANDS_STILL);
  }

  @Test
  void anAddressThatCannotBeTakenOffIsTheHosts() {
    assertNothingCounted(LEFT_BEHIND);
  }
}

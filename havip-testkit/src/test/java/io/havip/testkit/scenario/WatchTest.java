package io.havip.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.check.Sighting;
import io.havip.core.check.TroubleKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a watch tells the checks of what is wrong, where it is not just the fault that struck. */
class WatchTest {

  /** c asks where a is, and the answer does not come. */
  private static final String UNANSWERED =
      """
      havip-scenario 1
      length  400ms
      network 10.0.0.0/24
      router  vrid 7 interval 100ms address 10.0.0.50/24 transport unicast
      member  a 10.0.0.1 priority 100
      member  c 10.0.0.3 priority 150
      at 0s   cut a -> c
      """;

  private static final String UNPLUGGED =
      """
      havip-scenario 1
      length  20s
      network 10.0.0.0/24
      router  vrid 7 address 10.0.0.50/24
      member  a 10.0.0.1 priority 150
      member  b 10.0.0.2 priority 100
      at 5s   cable-cut b
      at 12s  rival 50
      at 16s  cable-mended b
      """;

  /** The question, its answer and the advert itself take up to three times the longest delay. */
  private static final String ANSWERED_LATE =
      """
      havip-scenario 1
      seed    267276
      length  1100ms
      network 10.0.0.0/24 delay 1ms jitter 4ms
      router  vrid 7 interval 100ms address 10.0.0.50/24 transport unicast
      member  a 10.0.0.1 priority 140
      member  b 10.0.0.2 priority 130
      member  c 10.0.0.3 priority 230
      at 800ms partition c
      """;

  private static Outcome run(String scenario) {
    return ScenarioRunner.nodes().run(Scenario.parse(scenario));
  }

  private static List<Sighting.Trouble> troubles(Outcome outcome, TroubleKind kind) {
    return outcome.sightings().stream()
        .filter(Sighting.Trouble.class::isInstance)
        .map(Sighting.Trouble.class::cast)
        .filter(trouble -> trouble.kind() == kind && trouble.begins())
        .toList();
  }

  @Test
  void aPathIsBadWhereWordsWaitLongerThanTheyShouldTakeToArrive() {
    Outcome outcome = run(UNANSWERED);
    long active =
        outcome.sightings().stream()
            .filter(s -> s instanceof Sighting.Advert said && said.member().equals("c"))
            .mapToLong(Sighting::at)
            .findFirst()
            .orElseThrow();

    assertThat(troubles(outcome, TroubleKind.IMPAIRED))
        .anySatisfy(trouble -> {
          assertThat(trouble.members()).containsExactly("c", "a");
          assertThat(trouble.at()).isEqualTo(active + outcome.scene().longestDelay().toNanos());
        });
    assertThat(outcome.violated()).isEmpty();
  }

  @Test
  void nobodyHearsAnotherGroupThroughACableThatIsCut() {
    Outcome outcome = run(UNPLUGGED);

    assertThat(troubles(outcome, TroubleKind.DUPLICATE_VRID))
        .extracting(trouble -> trouble.members().getFirst() + trouble.at() / 1_000_000_000L)
        .containsExactly("a12", "b16");
    assertThat(outcome.violated()).isEmpty();
  }

  @Test
  void wordsThatHaveWaitedMayArriveLate() {
    Outcome outcome = run(ANSWERED_LATE);

    assertThat(troubles(outcome, TroubleKind.IMPAIRED))
        .extracting(Sighting.Trouble::members)
        .contains(List.of("a", "b"));
    assertThat(outcome.violated()).isEmpty();
  }
}

package io.havip.core.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;

/** The laws can fail: each planted bug is noticed by the law that is about it. */
class ElectionMutantPropertyTest {

  private static final int SCENARIOS = 400;

  @Property(generation = GenerationMode.EXHAUSTIVE, seed = "1729")
  void every_planted_bug_breaks_its_law(@ForAll Mutant mutant) {
    boolean noticed =
        scenarios()
            .filter(mutant.shows)
            .anyMatch(s -> mutant.law.broken(mutant.stepper(), s).isPresent());

    assertThat(noticed).as("%s breaks %s", mutant, mutant.law).isTrue();
  }

  @Property(tries = 1, seed = "1729")
  void the_real_machine_breaks_no_law_on_the_same_scenarios() {
    List<Scenario> scenarios = scenarios().toList();
    for (ElectionLaw law : ElectionLaw.values()) {
      for (Scenario scenario : scenarios) {
        assertThat(law.broken(Election::step, scenario)).isEmpty();
      }
    }
  }

  @Property(tries = 1)
  void every_law_has_a_planted_bug() {
    assertThat(Arrays.stream(Mutant.values()).map(m -> m.law).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(ElectionLaw.values());
  }

  private static Stream<Scenario> scenarios() {
    return Stream.concat(
        Scenarios.any().sampleStream().limit(SCENARIOS),
        Scenarios.punctual().sampleStream().limit(SCENARIOS));
  }
}

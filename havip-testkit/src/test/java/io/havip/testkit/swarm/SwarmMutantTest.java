package io.havip.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.check.Catalogue;
import io.havip.core.check.Rule;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node with a planted bug is caught by the swarm, by the check that is there for it. */
class SwarmMutantTest {

  private static final int SEEDS = 120;

  /** They have scenes of their own, in {@link RunsTest}. */
  private static final Set<String> ELSEWHERE = Set.of("S19", "L7", "L12");

  @ParameterizedTest
  @EnumSource
  void isCaught(Mutant mutant) {
    TreeSet<String> others = new TreeSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      SwarmResult result = mutant.run(seed);
      if (result.findings().stream().anyMatch(f -> f.check().equals(mutant.check))) {
        return;
      }
      result.findings().forEach(finding -> others.add(finding.check()));
    }
    assertThat(others).as("%s survives %s", mutant, mutant.check).contains(mutant.check);
  }

  @Test
  void everyCheckCatchesAMutant() {
    TreeSet<String> caught = new TreeSet<>(ELSEWHERE);
    Arrays.stream(Mutant.values()).forEach(mutant -> caught.add(mutant.check));

    assertThat(caught).containsAll(Catalogue.rules().stream().map(Rule::id).toList());
  }
}

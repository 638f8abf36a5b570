package io.havip.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.check.Catalogue;
import io.havip.core.check.Check;
import io.havip.core.check.Verdict;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SwarmPropertyTest {

  @Property(tries = 200)
  void noFaultBreaksAPropertyAndWhatIsHealedConverges(@ForAll Groups group, @ForAll long seed) {
    SwarmResult result = Swarm.run(group.draw(seed), seed);

    assertThat(result.verdict()).as(result::describe).isEqualTo(Verdict.PASS);
  }

  @Property(tries = 20)
  void theSameSeedIsTheSameRun(@ForAll Groups group, @ForAll long seed) {
    assertThat(Swarm.run(group.draw(seed), seed)).isEqualTo(Swarm.run(group.draw(seed), seed));
  }

  /** Otherwise the swarm proves nothing about a check or a fault. */
  @Test
  void everyFaultStrikesAndEveryCheckIsProvenSomewhere() {
    SwarmTally all = new SwarmTally();
    TreeSet<String> proven = new TreeSet<>();
    for (Groups group : Groups.values()) {
      for (long seed = 0; seed < (group == Groups.LAN ? 400 : 60); seed++) {
        SwarmResult result = Swarm.run(group.draw(seed), seed);
        all.add(result);
        result
            .verdicts()
            .forEach((id, verdict) -> {
              if (verdict == Verdict.PASS) {
                proven.add(id);
              }
            });
      }
    }
    assertThat(all.failures()).isEmpty();
    assertThat(all.unused()).isEmpty();
    assertThat(all.unproven()).isEmpty();
    assertThat(proven).containsAll(Catalogue.all().stream().map(Check::id).toList());
  }
}

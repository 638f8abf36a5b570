package io.havip.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.check.Catalogue;
import io.havip.core.check.Check;
import io.havip.core.check.Verdict;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SwarmPropertyTest {

  @Property(tries = 300)
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
      for (long seed = 0; seed < (group == Groups.LAN ? 400 : 200); seed++) {
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
    assertThat(all.unproven()).containsExactly("L12");
    List<String> drawn =
        Catalogue.all().stream().map(Check::id).filter(id -> !id.equals("L12")).toList();
    assertThat(proven).as("nothing in a swarm reconfigures, so L12 apart").containsAll(drawn);
  }
}

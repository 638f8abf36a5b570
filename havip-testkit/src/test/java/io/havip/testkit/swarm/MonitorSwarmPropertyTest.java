package io.havip.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipEvent;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.Trace;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a node's own monitor makes of the faults of a swarm. */
class MonitorSwarmPropertyTest {

  @Property(tries = 300)
  void aNodeThatIsInOrderCountsNothingWhateverStrikes(@ForAll Groups group, @ForAll long seed) {
    Arena arena = group.draw(seed);
    arena.simulation().tracing(Trace.Mode.ALL); // which keeps the events of the nodes
    SwarmResult result = Swarm.run(arena, seed);

    assertThat(arena.members()).allSatisfy(member -> assertThat(member.events()).isNotEmpty());
    assertThat(violations(arena)).as(result::describe).isEmpty();
  }

  private static List<String> violations(Arena arena) {
    List<String> found = new ArrayList<>();
    for (SimHost host : arena.members()) {
      for (HavipEvent event : host.events()) {
        if (event instanceof HavipEvent.PropertyViolated) {
          found.add(event.at().nanos() / 1e9 + " " + host + " " + event.describe());
        }
      }
    }
    return found;
  }
}

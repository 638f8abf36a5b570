package io.havip.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipEvent;
import io.havip.testkit.sim.SimHost;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a node's own monitor makes of the faults of a swarm. */
class MonitorSwarmPropertyTest {

  @Property(tries = 300)
  void aNodeThatIsInOrderCountsNothingWhateverStrikes(@ForAll long seed) {
    Swarm swarm = new Swarm(seed);
    swarm.suffer();
    swarm.heal();

    assertThat(violations(swarm)).as(() -> swarm.sim.trace().tail(60)).isEmpty();
  }

  private static List<String> violations(Swarm swarm) {
    List<String> found = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      SimHost host = swarm.sim.host(name);
      for (HavipEvent event : host.events()) {
        if (event instanceof HavipEvent.PropertyViolated) {
          found.add(event.at().nanos() / 1e9 + " " + name + " " + event.describe());
        }
      }
    }
    return found;
  }
}

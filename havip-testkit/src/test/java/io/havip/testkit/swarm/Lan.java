package io.havip.testkit.swarm;

import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.check.Check;
import io.havip.core.check.Scene;
import io.havip.core.check.Sighting;
import io.havip.core.check.Trial;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.Trace;
import io.havip.testkit.sim.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Members a, b and c of priorities 100, 150 and 200 on one segment, for scenes of a few lines. */
final class Lan {

  final Simulation sim;
  final SimNetwork segment;
  final Scene scene;

  Lan(long seed, UnaryOperator<VirtualRouterConfigBuilder> change) {
    sim = Simulation.seeded(seed).tracing(Trace.Mode.TAIL);
    segment = sim.segment("10.0.0.0/24");
    List<Scene.Actor> actors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = Character.toString('a' + i);
      segment.host(name, "10.0.0." + (i + 7));
      VirtualRouterConfigBuilder router =
          VirtualRouterConfig.builder("vr")
              .interfaceName("eth0")
              .vrid(7)
              .priority(100 + 50 * i)
              .address("10.0.0.50/24");
      actors.add(new Scene.Actor(name, change.apply(router).build()));
    }
    scene = new Scene(actors, Duration.ofMillis(1), Duration.ZERO, Watch.senses(sim, false));
  }

  Trial judge(List<Check> checks) {
    return Watch.judge(sim, scene, checks);
  }

  void watch(Consumer<Sighting> sink) {
    Watch.begin(sim, scene, sink);
  }

  Lan start(UnaryOperator<VirtualRouterConfigBuilder> change) {
    for (Scene.Actor actor : scene.members()) {
      host(actor.name()).start(change.apply(actor.router().toBuilder()).build());
    }
    return this;
  }

  Lan start() {
    return start(UnaryOperator.identity());
  }

  SimHost host(String name) {
    return sim.host(name);
  }

  Scene.Actor member(String name) {
    return scene.members().get(name.charAt(0) - 'a');
  }
}

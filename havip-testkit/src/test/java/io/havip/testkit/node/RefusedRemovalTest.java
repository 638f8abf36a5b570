package io.havip.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusedRemovalTest {

  private final Pair pair = new Pair(1);

  @Test
  void anAddressThatCouldNotBeTakenOffIsTakenOffWhenTheHostAllowsIt() {
    pair.b.start(Pair.router(100).build());
    pair.sim.run(Duration.ofSeconds(5));
    pair.sim.inject(new Fault.Refuse("b", Operation.UNBIND));
    pair.a.start(Pair.router(150).build());
    pair.sim.run(Duration.ofSeconds(5));
    assertThat(pair.b.has(Pair.VIP)).as("refused").isTrue();

    pair.sim.inject(new Fault.Allow("b", Operation.UNBIND));
    pair.sim.run(Duration.ofSeconds(1));

    assertThat(pair.b.has(Pair.VIP)).isFalse();
    assertThat(pair.a.has(Pair.VIP)).isTrue();
  }

  @Test
  void anAddressThatIsWantedAgainStays() {
    pair.b.start(Pair.router(100).build());
    pair.sim.run(Duration.ofSeconds(5));
    pair.sim.inject(new Fault.Refuse("b", Operation.UNBIND));
    pair.a.start(Pair.router(150).build());
    pair.sim.run(Duration.ofSeconds(5));
    pair.a.crash();
    pair.sim.run(Duration.ofSeconds(5));

    pair.sim.inject(new Fault.Allow("b", Operation.UNBIND));
    pair.sim.run(Duration.ofSeconds(5));

    assertThat(pair.b.has(Pair.VIP)).isTrue();
  }
}

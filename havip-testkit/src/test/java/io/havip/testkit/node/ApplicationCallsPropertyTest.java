package io.havip.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Handover;
import io.havip.VirtualRouterConfig;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** S18, whatever happens: preparations and their ends alternate, and nothing follows the close. */
class ApplicationCallsPropertyTest {

  @Property(tries = 300)
  void everyPreparationIsAnsweredOnce_andNothingIsCalledAfterClose(@ForAll long seed) {
    Run run = new Run(seed);
    run.play();
    assertThat(run.calls.stream().filter("prepare"::equals).count())
        .as("%s", run.calls)
        .isEqualTo(run.calls.size() - run.calls.size() / 2);
    for (int i = 0; i < run.calls.size(); i++) {
      assertThat(run.calls.get(i).equals("prepare")).as("%s", run.calls).isEqualTo(i % 2 == 0);
    }
    assertThat(run.wrongs).isEmpty();
  }

  private static final class Run implements Handover.Callback {

    private final Pair pair;
    private final SimRandom random;
    private final AtomicBoolean well = new AtomicBoolean(true);
    private final List<String> calls = new ArrayList<>();
    private final List<String> wrongs = new ArrayList<>();

    Run(long seed) {
      pair = new Pair(seed);
      random = pair.sim.random("moves");
    }

    void play() {
      VirtualRouterConfig member =
          Pair.router(150)
              .healthCheck("db", well::get)
              .beforeServing(router -> call("prepare"), Duration.ofSeconds(2))
              .beforeLeaving(this, Duration.ofSeconds(2))
              .build();
      pair.a.start(member);
      pair.b.start(Pair.router(100).build());
      pair.sim.run(Duration.ofSeconds(4));
      int moves = (int) random.below(12);
      for (int i = 0; i < moves; i++) {
        move();
        pair.sim.run(Duration.ofMillis(random.below(6000)));
      }
      pair.a.workersDelay(Duration.ofMillis(random.below(3000)));
      pair.a.node().orElseThrow().close();
      pair.sim.run(Duration.ofSeconds(30));
      int atTheEnd = calls.size();
      pair.sim.inject(new Fault.LinkUp("a", "eth0"));
      pair.sim.inject(new Fault.MendAll());
      pair.sim.run(Duration.ofSeconds(30));
      assertThat(calls).as("after close").hasSize(atTheEnd);
    }

    private void move() {
      switch ((int) random.below(8)) {
        case 0 -> well.set(false);
        case 1 -> well.set(true);
        case 2 -> pair.sim.inject(new Fault.LinkDown("a", "eth0"));
        case 3 -> pair.sim.inject(new Fault.LinkUp("a", "eth0"));
        case 4 -> pair.sim.inject(new Fault.Cut("a", "b", true));
        case 5 -> pair.sim.inject(new Fault.MendAll());
        case 6 -> pair.a.workersDelay(Duration.ofMillis(random.below(3000)));
        default -> pair.a.pause(Duration.ofMillis(random.below(8000)));
      }
    }

    @Override
    public void demote(String router) {
      calls.add("demote");
    }

    @Override
    public void lost(String router) {
      call("lost");
    }

    /** Neither a preparation nor a loss is called while the host answers for the address. */
    private void call(String what) {
      calls.add(what);
      if (pair.a.has(Pair.VIP)) {
        wrongs.add(what + " at " + pair.sim.now());
      }
    }
  }
}

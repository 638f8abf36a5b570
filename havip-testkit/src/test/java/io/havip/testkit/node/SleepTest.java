package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.HavipEvent;
import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.TraceKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A host that is suspended: its clock stands still, and tells of it afterwards. */
class SleepTest {

  private final Pair pair = new Pair(1);

  private void start() {
    pair.a.start(Pair.router(200).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.b.start(Pair.router(100).build());
    pair.sim.run(ofSeconds(5));
  }

  private void sleep(String host, Duration length) {
    pair.sim.during(length, new Fault.Freeze(host));
    pair.sim.run(length);
  }

  @Test
  void aHolderThatSleptStandsDownBeforeItSpeaks() {
    pair.a.countsSleep(true);
    start();
    sleep("a", ofSeconds(60));
    long woke = pair.sim.nanos();
    Exposure exposure = pair.lan.observe(Pair.VIP);
    pair.sim.run(ofSeconds(3));

    assertThat(Pair.state(pair.a)).isEqualTo(BACKUP);
    assertThat(Pair.cause(pair.a)).isInstanceOf(Cause.LateWake.class);
    assertThat(pair.sim.trace().records(TraceKind.SEND))
        .noneMatch(r -> r.host().equals("a") && r.nanos() >= woke && !r.detail().contains("arp"));
    // Its kernel answers until its own next deadline: nothing else wakes the process.
    assertThat(exposure.overlap()).isLessThan(ofMillis(1_100));
  }

  @Test
  void aHolderThatCannotTellThatItsClockStoodStillGoesOn() {
    start();
    sleep("a", ofSeconds(60));
    pair.sim.run(ofSeconds(3));

    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
    assertThat(Pair.state(pair.b)).isEqualTo(BACKUP);
  }

  /** Its clock shows 0.1 s less than Active_Down_Interval since the last advert, an hour ago. */
  @Test
  void aBackupThatSleptListensForTheWholeInterval() {
    pair.b.countsSleep(true);
    start();
    pair.sim.inject(new Fault.Cut("a", "b", true));
    pair.sim.run(ofMillis(3_400));
    pair.sim.inject(new Fault.Freeze("b"));
    pair.sim.inject(new Fault.MendAll());
    pair.sim.run(Duration.ofHours(1));
    pair.sim.inject(new Fault.Thaw("b"));
    pair.sim.run(ofSeconds(10));

    assertThat(Pair.events(pair.b, HavipEvent.StateChanged.class)).hasSize(1);
  }
}

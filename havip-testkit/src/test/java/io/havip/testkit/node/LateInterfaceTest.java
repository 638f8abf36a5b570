package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.HavipEvent;
import io.havip.Reconfiguration.Change;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.testkit.sim.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start on a host whose interface does not exist yet. */
class LateInterfaceTest {

  private final Pair pair = new Pair(11);

  @BeforeEach
  void theInterfaceIsMissing() {
    pair.sim.inject(new Fault.InterfaceGone("a", "eth0"));
  }

  private static VirtualRouterConfigBuilder waiting(int priority) {
    return Pair.router(priority).awaitInterface(true);
  }

  private void itAppears() {
    pair.sim.inject(new Fault.InterfaceBack("a", "eth0"));
  }

  @Test
  void aRouterThatIsNotToldToWait_isRefused_andToldHow() {
    assertThatThrownBy(() -> pair.a.start(Pair.router(150).build()))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("no interface \"eth0\"")
        .hasMessageContaining("awaitInterface");
  }

  @Test
  void aRouterThatWaits_isInFault_andSaysWhy() {
    pair.a.start(waiting(150).build());
    pair.sim.run(Duration.ofSeconds(10));

    assertThat(Pair.state(pair.a)).isEqualTo(FAULT);
    assertThat(Pair.snapshot(pair.a).faults()).containsExactly("interface eth0 does not exist");
    assertThat(Pair.events(pair.a, HavipEvent.Warning.class))
        .singleElement()
        .satisfies(warning ->
            assertThat(warning.message())
                .contains("no interface \"eth0\" yet")
                .contains("waits for it in FAULT"));
    assertThat(Pair.events(pair.a, HavipEvent.OperationFailed.class)).isEmpty();
  }

  @Test
  void onceTheInterfaceAppears_itListensFirst_andThenTakesItsRole() {
    pair.b.start(Pair.router(100).build());
    pair.a.start(waiting(150).build());
    pair.awaitServedBy(pair.b);
    itAppears();
    pair.awaitState(pair.a, BACKUP);
    assertThat(Pair.state(pair.b)).isEqualTo(ACTIVE);
    pair.awaitServedBy(pair.a);
    pair.awaitState(pair.b, BACKUP);

    assertThat(pair.lan.answering(Pair.VIP)).isEqualTo(List.of(pair.a));
    assertThat(Pair.events(pair.a, HavipEvent.LinkChanged.class))
        .extracting(HavipEvent.LinkChanged::up)
        .containsExactly(true);
  }

  @Test
  void itHearsTheOthers_soALowerPriorityStaysBackup() {
    pair.b.start(Pair.router(100).build());
    pair.a.start(waiting(50).build());
    pair.awaitServedBy(pair.b);
    itAppears();
    pair.awaitState(pair.a, BACKUP);
    pair.sim.run(Duration.ofSeconds(20));
    assertThat(Pair.state(pair.a)).isEqualTo(BACKUP);
  }

  /** Its addresses are the host's own, and are never taken off. */
  @Test
  void theOwnersAddresses_comeWithTheInterface_andStay() {
    itAppears();
    pair.a.address("eth0", Pair.VIP + "/32");
    theInterfaceIsMissing();
    pair.a.start(waiting(255).build());
    pair.sim.run(Duration.ofSeconds(1));
    itAppears();
    pair.awaitState(pair.a, ACTIVE);
    pair.a.node().orElseThrow().close();
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(pair.a.has(Pair.VIP)).isTrue();
  }

  @Test
  void aRouterThatIsAddedLater_waitsToo_andNoOtherIsTouched() {
    itAppears();
    pair.a.start(Pair.router(150).build());
    pair.awaitState(pair.a, ACTIVE);
    VirtualRouterConfig late =
        VirtualRouterConfig.builder("late")
            .interfaceName("eth7")
            .vrid(52)
            .awaitInterface(true)
            .address("172.17.16.9")
            .build();
    HavipConfig next = HavipConfig.of(Pair.router(150).build(), late);

    assertThat(pair.a.node().orElseThrow().apply(next).changes())
        .containsExactly(new Change.Unchanged(Pair.ROUTER), new Change.Added("late"));
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(pair.a.node().orElseThrow().snapshot().router("late").state()).isEqualTo(FAULT);
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
  }
}

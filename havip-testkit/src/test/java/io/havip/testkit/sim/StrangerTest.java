package io.havip.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.wire.RefusalReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StrangerTest {

  private static final Duration SETTLED = Duration.ofSeconds(5);

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost a = lan.host("a", "10.0.0.1");
  private final SimHost b = lan.host("b", "10.0.0.2");

  private void start() {
    a.start(router(200));
    b.start(router(100));
    sim.run(SETTLED);
  }

  private static VirtualRouterConfig router(int priority) {
    return VirtualRouterConfig.builder("vr")
        .interfaceName("eth0")
        .vrid(7)
        .priority(priority)
        .address("10.0.0.50/24")
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void aForgedPacketIsRefusedAndChangesNoState(Forgery forgery) {
    start();
    sim.inject(new StrangerFault.Forged("lan1", forgery));
    sim.run(SETTLED);

    assertThat(state(a)).isEqualTo(RouterState.ACTIVE);
    assertThat(state(b)).isEqualTo(RouterState.BACKUP);
    RefusalReason reason =
        switch (forgery) {
          case OTHER_VRID -> RefusalReason.FOREIGN_CLAIM;
          case OTHER_VERSION -> RefusalReason.VERSION_NOT_OURS;
          case BAD_CHECKSUM -> RefusalReason.BAD_CHECKSUM;
          case LOW_HOP_LIMIT -> RefusalReason.TTL_NOT_255;
          case TRUNCATED -> RefusalReason.LENGTH_MISMATCH;
          case REFLECTED, SAME_ADDRESS -> RefusalReason.OWN_ADDRESS;
        };
    assertThat(refused(a)).containsExactly(reason);
    assertThat(refused(b)).hasSize(forgery.ownAddress() ? 0 : 1);
  }

  @Test
  void aRivalOfHigherPrioritySilencesTheGroupAndIsToldOf() {
    start();
    sim.inject(new StrangerFault.Rival("lan1", 254));
    sim.run(SETTLED);

    assertThat(List.of(state(a), state(b))).containsOnly(RouterState.BACKUP);
    assertThat(a.events()).hasAtLeastOneElementOfType(HavipEvent.AddressesDiffer.class);
    assertThat(b.events()).hasAtLeastOneElementOfType(HavipEvent.AddressesDiffer.class);

    sim.inject(new StrangerFault.RivalGone("lan1"));
    sim.run(SETTLED);
    assertThat(state(a)).isEqualTo(RouterState.ACTIVE);
  }

  @Test
  void beforeTheFirstMessageThereIsNothingToForge() {
    sim.inject(new StrangerFault.Forged("lan1", Forgery.REFLECTED));
    sim.inject(new StrangerFault.Rival("lan1", 200));
    sim.run(SETTLED);

    assertThat(sim.trace().records(TraceKind.ARRIVE)).isEmpty();
  }

  @Test
  void aFaultOfTheCloudNeedsACloud() {
    Fault fault = new CloudFault.Broken("a", CloudFault.Kind.BLACKOUT, Duration.ZERO);

    assertThatThrownBy(() -> sim.inject(fault))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("blackout")
        .hasMessageContaining("no cloud");
  }

  private static RouterState state(SimHost host) {
    return host.node().orElseThrow().snapshot().router("vr").state();
  }

  private static List<RefusalReason> refused(SimHost host) {
    return host.node().orElseThrow().snapshot().router("vr").refusals().stream()
        .map(count -> count.reason())
        .toList();
  }
}

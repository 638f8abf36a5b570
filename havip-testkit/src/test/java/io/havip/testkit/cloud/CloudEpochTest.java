package io.havip.testkit.cloud;

import static io.havip.RouterState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.testkit.cloud.CloudGroup.Kind;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimHost;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * S7: the epoch reaches the application by its listener, and with it a store that remembers the
 * highest one refuses whoever held the address before.
 */
class CloudEpochTest {

  private final CloudGroup group = new CloudGroup(Kind.TWO_CALL, 31);
  private final Store store = new Store();
  private final Map<String, OptionalLong> tokens = new HashMap<>();

  /** What the applications write to. */
  private static final class Store {

    private long highest;

    boolean write(long epoch) {
      highest = Math.max(highest, epoch);
      return epoch == highest;
    }
  }

  private void start(SimHost host, int priority) {
    host.start(
        HavipConfig.of(group.router(host, priority).build()),
        event -> {
          if (event instanceof HavipEvent.CloudConfirmed confirmed) {
            tokens.put(host.name(), confirmed.epoch());
          }
        });
  }

  private boolean writes(SimHost host) {
    return store.write(tokens.get(host.name()).orElseThrow());
  }

  private void awaitToken(SimHost host) {
    tokens.remove(host.name());
    group.sim.runUntil(
        host + " has a token", () -> tokens.containsKey(host.name()), Duration.ofSeconds(30));
  }

  @Test
  void s7_aHolderThatSlept_isRefusedByTheStore_untilItHoldsTheAddressAgain() {
    start(group.a, 150);
    start(group.b, 100);
    awaitToken(group.a);
    assertThat(writes(group.a)).isTrue();
    group.a.pause(Duration.ofSeconds(10));
    awaitToken(group.b);
    assertThat(writes(group.b)).isTrue();
    assertThat(writes(group.a)).as("a write that was under way when it slept").isFalse();
    awaitToken(group.a);
    assertThat(group.holder()).isEqualTo(Optional.of("a"));
    assertThat(writes(group.a)).isTrue();
    assertThat(writes(group.b)).isFalse();
  }

  @Test
  void s7_whenBothBelieveToBeActive_onlyTheLatestHolderWrites() {
    start(group.a, 150);
    start(group.b, 100);
    awaitToken(group.a);
    group.sim.inject(new Fault.Cut("a", "b", true));
    awaitToken(group.b);
    assertThat(writes(group.b)).isTrue();
    assertThat(CloudGroup.state(group.a)).isEqualTo(ACTIVE);
    assertThat(writes(group.a)).isFalse();
  }
}

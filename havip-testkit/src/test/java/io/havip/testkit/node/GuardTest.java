package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.HavipPlatformException;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.Fencing;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.testkit.contract.Altered;
import io.havip.wire.VrrpCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a node tells the guard of its router, and when. */
class GuardTest {

  private static final Fence FENCE = new Fence.OnExitAndStall(ofMillis(10), ofMillis(2500));

  /** The shortest advert interval that the fence of this platform can serve. */
  private static final Duration FASTEST = ofMillis(100);

  private final Pair pair = new Pair(1);
  private final List<String> log = new ArrayList<>();
  private @Nullable GuardedRouter guarded;
  private Fencing.@Nullable GuardListener listener;
  private @Nullable HavipNode node;

  /** Runs the node of host a on a platform that notes what its guard is told. */
  private void startGuarded(int priority) {
    startGuarded(Pair.router(priority).build());
  }

  private void startGuarded(VirtualRouterConfig router) {
    HavipConfig config = HavipConfig.of(router);
    pair.a.start(platform -> {
      HavipNode started =
          HavipNode.builder(config)
              .platform(new Guarding(platform))
              .listener(event -> {
                if (event instanceof HavipEvent.StateChanged change) {
                  log.add(change.to().toString());
                }
              })
              .start();
      node = started;
      return started;
    });
  }

  private final class Guarding extends Altered {
    private final Platform host;

    private Guarding(Platform host) {
      super(host);
      this.host = host;
    }

    @Override
    public boolean realTime() {
      return false;
    }

    @Override
    public Fencing fencing() {
      return new Fencing() {
        @Override
        public Guard guard(GuardedRouter router, GuardListener heard) {
          guarded = router;
          listener = heard;
          return new Noting();
        }

        @Override
        public Optional<String> objection(GuardedRouter router) {
          return router.interval().compareTo(FASTEST) < 0
              ? Optional.of("peers that wait " + router.patience().toMillis() + " ms are too fast")
              : Optional.empty();
        }
      };
    }

    @Override
    public Outcome add(String interfaceName, VirtualAddress address) {
      log.add("add");
      return host.addresses().add(interfaceName, address);
    }

    @Override
    public Outcome remove(String interfaceName, VirtualAddress address) {
      log.add("remove");
      return host.addresses().remove(interfaceName, address);
    }
  }

  private final class Noting implements Guard {
    @Override
    public void renew() {
      log.add("renew");
    }

    @Override
    public void shut() {
      log.add("shut");
    }

    @Override
    public void update(GuardedRouter router) {
      guarded = router;
    }

    @Override
    public Fence fence() {
      return FENCE;
    }

    @Override
    public void close() {
      log.add("close");
    }
  }

  @Test
  void theGuardIsOpenedBeforeTheAddressIsBound_andRenewedWithEachAdvert() {
    startGuarded(100);
    pair.sim.run(ofSeconds(4).plusMillis(500));
    assertThat(log).containsExactly("BACKUP", "renew", "add", "ACTIVE");
    log.clear();
    pair.sim.run(ofSeconds(3));
    assertThat(log).containsExactly("renew", "renew", "renew");
  }

  @Test
  void theGuardIsShutBeforeTheAddressIsTakenOff_andClosedAtTheEnd() {
    startGuarded(100);
    pair.sim.run(ofSeconds(5));
    log.clear();
    pair.a.stop();
    pair.sim.run(ofSeconds(1));
    assertThat(log).containsExactly("shut", "remove", "close", "INITIALIZE");
  }

  @Test
  void theGuardKnowsThePatienceOfThePeersAndTheWordsOfTheResignation() {
    startGuarded(100);
    pair.sim.run(ofSeconds(1));
    assertThat(guarded).isNotNull();
    assertThat(guarded.interval()).isEqualTo(ofSeconds(1));
    assertThat(guarded.patience()).isBetween(ofSeconds(3), ofMillis(3010));
    assertThat(guarded.addresses()).extracting(VirtualAddress::address).containsExactly(Pair.VIP);
    GuardedRouter.Resignation word = guarded.resignation().getFirst();
    assertThat(word.interfaceName()).isEqualTo("eth0");
    assertThat(word.source()).hasToString("172.17.16.7");
    assertThat(word.destination()).isEqualTo(VrrpCodec.GROUP_IPV4);
    assertThat(word.hopLimit()).isEqualTo(255);
    assertThat(word.advert().priority()).isZero();
    assertThat(word.advert().vrid()).isEqualTo(51);
  }

  @Test
  void whoWasResignedInItsPlaceStandsDownAndListensFirst() {
    startGuarded(100);
    pair.sim.run(ofSeconds(5));
    log.clear();
    assertThat(listener).isNotNull();
    pair.sim.run(ofMillis(1));
    pair.a.platform().orElseThrow().execute(listener::resigned);
    pair.sim.run(ofSeconds(1));
    assertThat(log).containsExactly("shut", "remove", "BACKUP");
    pair.sim.run(ofSeconds(5));
    assertThat(state()).isEqualTo(ACTIVE);
  }

  @Test
  void theSnapshotNamesTheFenceInForce() {
    startGuarded(100);
    pair.sim.run(ofSeconds(1));
    assertThat(state()).isEqualTo(BACKUP);
    assertThat(node).isNotNull();
    assertThat(node.snapshot().router(Pair.ROUTER).fence()).isEqualTo(FENCE);
  }

  private RouterState state() {
    assertThat(node).isNotNull();
    return node.snapshot().router(Pair.ROUTER).state();
  }

  @Test
  void aRouterThatTheFenceCannotServe_doesNotStart() {
    assertThatThrownBy(() -> startGuarded(Pair.router(150).advertInterval(ofMillis(50)).build()))
        .isInstanceOf(HavipPlatformException.class)
        .hasMessage("virtual router \"VI_1\": peers that wait 150 ms are too fast");
    assertThat(guarded).isNull();
  }

  @Test
  void aChangeThatTheFenceCannotServe_changesNothing() {
    startGuarded(150);
    pair.sim.run(Duration.ofSeconds(5));
    HavipNode running = Objects.requireNonNull(node);
    RouterSnapshot before = running.snapshot().routers().getFirst();
    log.clear();
    for (VirtualRouterConfig router :
        List.of(
            Pair.router(120).advertInterval(ofMillis(50)).build(),
            VirtualRouterConfig.builder("VI_2")
                .interfaceName("eth0")
                .vrid(60)
                .advertInterval(ofMillis(50))
                .address("172.17.16.4")
                .build())) {
      assertThatThrownBy(() -> running.apply(HavipConfig.of(router)))
          .isInstanceOf(HavipPlatformException.class)
          .hasMessageContaining("too fast");
    }
    assertThat(running.snapshot().routers()).containsExactly(before);
    assertThat(log).isEmpty();
  }
}

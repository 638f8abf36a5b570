package io.havip.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Preemption;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real nodes that do something else than they are judged by: the swarm notices. */
class SwarmMutantTest {

  private static final int SEEDS = 400;

  enum Mutant {
    ONE_MISSING_ADVERT_IS_ENOUGH("L6") {
      @Override
      VirtualRouterConfigBuilder change(VirtualRouterConfigBuilder router) {
        return router.downMultiplier(1);
      }
    },
    FIVE_MISSING_ADVERTS_ARE_TOO_FEW("S2") {
      @Override
      VirtualRouterConfigBuilder change(VirtualRouterConfigBuilder router) {
        return router.downMultiplier(5);
      }
    },
    PREEMPTS_ALL_THE_SAME("S11") {
      @Override
      VirtualRouterConfigBuilder change(VirtualRouterConfigBuilder router) {
        return router.preemption(Preemption.AT_ONCE);
      }
    },
    DOES_NOT_WAIT_BEFORE_IT_PREEMPTS("S12") {
      @Override
      VirtualRouterConfigBuilder change(VirtualRouterConfigBuilder router) {
        return router.preemption(new Preemption.After(Duration.ofNanos(1)));
      }
    },
    NEVER_PREEMPTS("L4") {
      @Override
      VirtualRouterConfigBuilder change(VirtualRouterConfigBuilder router) {
        return router.preemption(Preemption.NEVER);
      }
    },
    DOES_NOT_BIND("S2") {
      @Override
      VirtualRouterConfigBuilder change(VirtualRouterConfigBuilder router) {
        return router.localAddresses(false);
      }
    };

    private final String check;

    Mutant(String check) {
      this.check = check;
    }

    abstract VirtualRouterConfigBuilder change(VirtualRouterConfigBuilder router);

    VirtualRouterConfig of(VirtualRouterConfig router) {
      return change(router.toBuilder()).build();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isCaught(Mutant mutant) {
    assertThat(caught(mutant)).as(mutant + " by " + mutant.check).isTrue();
  }

  private static boolean caught(Mutant mutant) {
    for (long seed = 0; seed < SEEDS; seed++) {
      Arena arena = Groups.LAN.draw(seed, (host, member) -> host.start(mutant.of(member.router())));
      if (Swarm.run(arena, seed).findings().stream()
          .anyMatch(f -> f.check().equals(mutant.check))) {
        return true;
      }
    }
    return false;
  }
}

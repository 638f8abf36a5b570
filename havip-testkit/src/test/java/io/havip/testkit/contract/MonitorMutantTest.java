package io.havip.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.RouterSnapshot;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node on a platform that lies to it counts so in its snapshot, and tells its listeners. */
class MonitorMutantTest {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");

  enum Mutant {
    DOES_NOT_TAKE_THE_ADDRESS_OFF("S8") {
      @Override
      Platform on(Platform sound) {
        return new Altered(sound) {
          @Override
          public Outcome remove(String interfaceName, VirtualAddress address) {
            return Outcome.DONE;
          }
        };
      }
    },
    DOES_NOT_PUT_THE_ADDRESS_ON("S2") {
      @Override
      Platform on(Platform sound) {
        return new Altered(sound) {
          @Override
          public Outcome add(String interfaceName, VirtualAddress address) {
            return Outcome.DONE;
          }
        };
      }
    },
    DOES_NOT_PUT_THE_ADDRESS_BACK("L11") {
      @Override
      Platform on(Platform sound) {
        return new Altered(sound) {
          private boolean once;

          @Override
          public Outcome add(String interfaceName, VirtualAddress address) {
            boolean first = !once;
            once = true;
            return first ? super.add(interfaceName, address) : Outcome.DONE;
          }
        };
      }
    },
    FORGETS_THE_ACTIVE_DOWN_TIMER("S4") {
      @Override
      Platform on(Platform sound) {
        return new Altered(sound) {
          @Override
          public Deadline newDeadline(Runnable onDue) {
            return new AlteredDeadline(super.newDeadline(onDue)) {
              @Override
              public void arm(long atNanos) {
                long wait = atNanos - now();
                if (wait < 3_000_000_000L || wait > 4_000_000_000L) {
                  super.arm(atNanos);
                }
              }
            };
          }
        };
      }
    };

    private final String property;

    Mutant(String property) {
      this.property = property;
    }

    abstract Platform on(Platform sound);
  }

  @ParameterizedTest
  @EnumSource
  void isCounted(Mutant mutant) {
    Member member = new Member(mutant::on);

    assertThat(member.snapshot().violations())
        .extracting(RouterSnapshot.Violation::property)
        .contains(mutant.property);
    assertThat(member.heard)
        .anySatisfy(event -> assertThat(event.property()).isEqualTo(mutant.property));
  }

  @Test
  void aNodeOnASoundPlatformCountsNothing() {
    Member member = new Member(UnaryOperator.identity());

    assertThat(member.snapshot().violations()).isEmpty();
    assertThat(member.heard).isEmpty();
  }

  /** A member that is ACTIVE for a while, has its address removed, and is overruled by another. */
  private static final class Member {

    private final List<HavipEvent.PropertyViolated> heard = new ArrayList<>();
    private final List<HavipNode> started = new ArrayList<>();

    Member(UnaryOperator<Platform> platform) {
      Simulation sim = Simulation.seeded(1);
      SimNetwork lan = sim.segment("10.0.0.0/24");
      SimHost host = lan.host("a", "10.0.0.1");
      host.start(p -> {
        HavipNode node =
            HavipNode.builder(router(100)).platform(platform.apply(p)).listener(this::hear).start();
        started.add(node);
        return node;
      });
      sim.run(Duration.ofSeconds(20));
      sim.inject(new Fault.RemoveAddress("a", "eth0", VIP));
      sim.run(Duration.ofSeconds(10));
      lan.host("b", "10.0.0.2").start(HavipConfig.of(router(200)));
      sim.run(Duration.ofSeconds(20));
    }

    private static VirtualRouterConfig router(int priority) {
      return VirtualRouterConfig.builder("vr")
          .interfaceName("eth0")
          .vrid(7)
          .priority(priority)
          .address(VIP + "/24")
          .build();
    }

    private void hear(HavipEvent event) {
      if (event instanceof HavipEvent.PropertyViolated violated) {
        heard.add(violated);
      }
    }

    private RouterSnapshot snapshot() {
      return started.getFirst().snapshot().router("vr");
    }
  }
}

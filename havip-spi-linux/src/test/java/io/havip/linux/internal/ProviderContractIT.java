package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.linux.LinuxPlatformProvider;
import io.havip.spi.Availability;
import io.havip.spi.FenceOptions;
import io.havip.spi.Platform;
import io.havip.spi.PlatformOptions;
import io.havip.spi.PlatformProvider;
import io.havip.testkit.contract.PlatformProviderContract;
import io.havip.testkit.contract.ProviderFixture;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of providers on a real kernel, with privileges and without. */
class ProviderContractIT extends PlatformProviderContract {

  @BeforeAll
  static void root() {
    RealNetwork.assume();
  }

  @Override
  protected ProviderFixture fixture() {
    return new Host(provider -> provider);
  }

  @Test
  void aLoopThatDoesNotNameTheNode_isCaught() {
    PlatformProviderContract contract =
        new PlatformProviderContract() {
          @Override
          protected ProviderFixture fixture() {
            return new Host(ProviderContractIT::anonymous);
          }
        };
    contract.open();
    assertThatThrownBy(contract::o6_theThreadOfTheLoopNamesTheNode)
        .isInstanceOf(AssertionError.class);
    contract.close();
  }

  private static PlatformProvider anonymous(PlatformProvider sound) {
    return new Forwarding(sound) {
      @Override
      public Platform open(PlatformOptions options) {
        return super.open(new PlatformOptions("somebody", options.fences()));
      }
    };
  }

  /** The host that the tests run on. */
  private record Host(UnaryOperator<PlatformProvider> wrap) implements ProviderFixture {

    @Override
    public PlatformProvider provider() {
      return wrap.apply(new LinuxPlatformProvider());
    }

    @Override
    public Optional<PlatformProvider> lacking() {
      return Optional.of(
          new Forwarding(provider()) {
            @Override
            public Availability availability() {
              return Capabilities.without(super::availability);
            }

            @Override
            public Platform open(PlatformOptions options) {
              return Capabilities.without(() -> super.open(options));
            }
          });
    }

    @Override
    public FenceOptions fences() {
      return FenceOptions.NONE;
    }

    @Override
    public boolean threads() {
      return true;
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(10);
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
      Await.until(what, patience(), condition);
    }

    @Override
    public void close() {}
  }

  private static class Forwarding implements PlatformProvider {

    private final PlatformProvider sound;

    Forwarding(PlatformProvider sound) {
      this.sound = sound;
    }

    @Override
    public String name() {
      return sound.name();
    }

    @Override
    public Availability availability() {
      return sound.availability();
    }

    @Override
    public Platform open(PlatformOptions options) {
      return sound.open(options);
    }
  }
}

package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.spi.AddressBinder;
import io.havip.spi.Fencing;
import io.havip.spi.Guard;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.testkit.contract.AddressBinderContract;
import io.havip.testkit.contract.AdvertChannelContract;
import io.havip.testkit.contract.FencingContract;
import io.havip.testkit.contract.LinkMonitorContract;
import io.havip.testkit.contract.NeighborAnnouncerContract;
import io.havip.testkit.contract.PlatformContract;
import io.havip.testkit.contract.PlatformFixture;
import io.havip.testkit.contract.SeamContract;
import io.havip.testkit.contract.TimersContract;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules of {@code docs/spi.md} on real kernels. */
class PlatformContractIT {

  private static Lab lab;
  private static LabHost first;
  private static LabHost second;
  private static Capture capture;

  @BeforeAll
  static void open() {
    RealNetwork.assume("tcpdump");
    lab = Lab.open();
    first = lab.addHost("a", "172.17.16.7", "fd00::7/64");
    second = lab.addHost("b", "172.17.16.13", "fd00::13/64");
    capture = lab.capture();
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      lab.close();
    }
  }

  private static PlatformFixture real() {
    return broken(platform -> platform);
  }

  private static PlatformFixture broken(UnaryOperator<Platform> wrap) {
    return new LabPlatformFixture(first, second, capture, wrap);
  }

  /** Forwards everything but one call. */
  private static <T> T altered(Class<T> seam, T sound, String call, @Nullable Object answer) {
    return seam.cast(
        Proxy.newProxyInstance(
            seam.getClassLoader(),
            new Class<?>[] {seam},
            (self, method, arguments) ->
                method.getName().equals(call) ? answer : method.invoke(sound, arguments)));
  }

  private static <C extends SeamContract> void isCaught(C contract, Consumer<C> test) {
    contract.open();
    try {
      assertThatThrownBy(() -> test.accept(contract)).isInstanceOf(AssertionError.class);
    } finally {
      contract.close();
    }
  }

  @Test
  void aPlatformThatTakesEveryThreadForItsLoop_isCaught() {
    isCaught(
        new PlatformContract() {
          @Override
          protected PlatformFixture fixture() {
            return broken(sound -> altered(Platform.class, sound, "inLoop", true));
          }
        },
        PlatformContract::p2_noOtherThreadIsTheLoop);
  }

  @Test
  void aReservationThatOnlyItsOwnProcessKnows_isCaught() {
    isCaught(
        new AddressBinderContract() {
          @Override
          protected PlatformFixture fixture() {
            return broken(sound -> {
              AddressBinder binder =
                  altered(AddressBinder.class, sound.addresses(), "reserve", Outcome.DONE);
              return altered(Platform.class, sound, "addresses", binder);
            });
          }
        },
        AddressBinderContract::b7_aReservationHoldsForTheHostAndEndsWithThePlatform);
  }

  @Test
  void aGuardThatDoesNotShut_isCaught() {
    isCaught(
        new FencingContract() {
          @Override
          protected PlatformFixture fixture() {
            return broken(sound -> {
              Fencing fencing =
                  (router, listener) ->
                      altered(Guard.class, sound.fencing().guard(router, listener), "shut", null);
              return altered(Platform.class, sound, "fencing", fencing);
            });
          }
        },
        FencingContract::f7_theHostIsSilentAboutABoundAddressOnceTheGuardIsShut);
  }

  @Nested
  class Loop extends PlatformContract {
    @Override
    protected PlatformFixture fixture() {
      return real();
    }
  }

  @Nested
  class Clock extends TimersContract {
    @Override
    protected PlatformFixture fixture() {
      return real();
    }
  }

  @Nested
  class Adverts extends AdvertChannelContract {
    @Override
    protected PlatformFixture fixture() {
      return real();
    }
  }

  @Nested
  class Announcements extends NeighborAnnouncerContract {
    @Override
    protected PlatformFixture fixture() {
      return real();
    }
  }

  @Nested
  class Addresses extends AddressBinderContract {
    @Override
    protected PlatformFixture fixture() {
      return real();
    }
  }

  @Nested
  class Fences extends FencingContract {
    @Override
    protected PlatformFixture fixture() {
      return real();
    }
  }

  @Nested
  class Links extends LinkMonitorContract {
    @Override
    protected PlatformFixture fixture() {
      return real();
    }
  }
}

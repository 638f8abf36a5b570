package io.havip.testkit.contract;

import org.junit.jupiter.api.Nested;

/** The simulator's platform keeps the rules of every seam that it has. */
class SimPlatformContractTest {

  private static PlatformFixture simulated() {
    return new SimPlatformFixture(platform -> platform);
  }

  @Nested
  class Loop extends PlatformContract {
    @Override
    protected PlatformFixture fixture() {
      return simulated();
    }
  }

  @Nested
  class Clock extends TimersContract {
    @Override
    protected PlatformFixture fixture() {
      return simulated();
    }
  }

  @Nested
  class Adverts extends AdvertChannelContract {
    @Override
    protected PlatformFixture fixture() {
      return simulated();
    }
  }

  @Nested
  class Announcements extends NeighborAnnouncerContract {
    @Override
    protected PlatformFixture fixture() {
      return simulated();
    }
  }

  @Nested
  class Addresses extends AddressBinderContract {
    @Override
    protected PlatformFixture fixture() {
      return simulated();
    }
  }

  @Nested
  class Fences extends FencingContract {
    @Override
    protected PlatformFixture fixture() {
      return simulated();
    }
  }

  /** It has none: everything is skipped and says so. */
  @Nested
  class VirtualAddressesOfRouters extends VirtualMacsContract {
    @Override
    protected PlatformFixture fixture() {
      return simulated();
    }
  }

  @Nested
  class Links extends LinkMonitorContract {
    @Override
    protected PlatformFixture fixture() {
      return simulated();
    }
  }
}

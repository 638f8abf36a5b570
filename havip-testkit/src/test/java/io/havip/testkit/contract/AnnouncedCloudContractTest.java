package io.havip.testkit.contract;

/** The simulated cloud of this name keeps the rules. */
class AnnouncedCloudContractTest extends CloudBindingContract {

  @Override
  protected CloudFixture fixture() {
    return SimCloudFixture.announced(b -> b);
  }
}

package io.havip.testkit.contract;

/** The simulated cloud of this name keeps the rules. */
class TwoCallCloudContractTest extends CloudBindingContract {

  @Override
  protected CloudFixture fixture() {
    return SimCloudFixture.twoCall(b -> b, false);
  }
}

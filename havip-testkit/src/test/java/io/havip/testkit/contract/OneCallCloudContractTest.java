package io.havip.testkit.contract;

/** The simulated cloud of this name keeps the rules. */
class OneCallCloudContractTest extends CloudBindingContract {

  @Override
  protected CloudFixture fixture() {
    return SimCloudFixture.oneCall(b -> b);
  }
}

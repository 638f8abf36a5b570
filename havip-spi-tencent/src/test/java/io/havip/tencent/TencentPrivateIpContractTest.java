package io.havip.tencent;

import io.havip.tencent.fake.Scene;
import io.havip.testkit.contract.CloudBindingContract;
import io.havip.testkit.contract.CloudFixture;

/** The private address binding keeps the rules for all bindings. */
class TencentPrivateIpContractTest extends CloudBindingContract {

  @Override
  protected CloudFixture fixture() {
    return new ApiFixture(
        Scene.PRIVATE,
        (scene, settings) ->
            new TencentPrivateIpBinding(settings, OnRelinquish.UNASSIGN, length -> {}));
  }
}

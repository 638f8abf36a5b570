package io.havip.tencent;

import io.havip.tencent.fake.Scene;
import io.havip.testkit.contract.CloudBindingContract;
import io.havip.testkit.contract.CloudFixture;

/** The HAVIP binding keeps the rules for all bindings. */
class TencentHavipContractTest extends CloudBindingContract {

  @Override
  protected CloudFixture fixture() {
    return new ApiFixture(
        Scene.HAVIP, (scene, settings) -> new TencentHavipBinding(settings, length -> {}));
  }
}

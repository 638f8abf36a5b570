package io.havip.tencent;

import io.havip.tencent.fake.Scene;
import io.havip.testkit.contract.AdministrationFixture;
import io.havip.testkit.contract.CloudAdministrationContract;

/** The administration of HAVIPs keeps the rules for all clouds. */
class TencentHavipAdministrationContractTest extends CloudAdministrationContract {

  @Override
  protected AdministrationFixture fixture() {
    return new ApiFixture(
        Scene.HAVIP, (scene, settings) -> new TencentHavipBinding(settings, length -> {}));
  }
}

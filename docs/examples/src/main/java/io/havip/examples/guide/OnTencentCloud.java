package io.havip.examples.guide;

import io.havip.Announcements;
import io.havip.CloudConfig;
import io.havip.VirtualRouterConfig;
import io.havip.tencent.TencentEndpoint;
import io.havip.tencent.TencentHavipBinding;
import io.havip.tencent.TencentSettings;
import io.havip.tencent.credentials.CredentialsProvider;
import java.time.Duration;

/** A member whose address is a HAVIP of Tencent Cloud. */
final class OnTencentCloud {

  private OnTencentCloud() {}

  static VirtualRouterConfig router() {
    var settings =
        TencentSettings.builder("ap-guangzhou", "vpc-f49l6u0z")
            .endpoint(TencentEndpoint.INTERNAL)
            .credentials(CredentialsProvider.instanceRole())
            .build();
    var binding = new TencentHavipBinding(settings);
    var router =
        VirtualRouterConfig.builder("orders")
            .interfaceName("eth0")
            .vrid(51)
            .address("10.0.0.3")
            .unicast("10.0.0.1", "10.0.0.2")
            .announcements(Announcements.DEFAULT.withRefresh(Duration.ofSeconds(5)))
            .cloud(CloudConfig.of(binding))
            .build();
    return router;
  }
}

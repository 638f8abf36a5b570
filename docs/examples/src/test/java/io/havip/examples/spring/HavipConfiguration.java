package io.havip.examples.spring;

import io.havip.HavipConfig;
import io.havip.HavipListener;
import io.havip.HavipNode;
import io.havip.HavipNodeBuilder;
import io.havip.VirtualRouterConfig;
import io.havip.spi.Platform;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What an application adds to its context for a highly available address. */
@Configuration(proxyBeanMethods = false)
class HavipConfiguration {

  @Bean
  HavipConfig havipConfig(Environment env, OrderService orders) {
    VirtualRouterConfig router =
        VirtualRouterConfig.builder("orders")
            .interfaceName(env.getProperty("havip.interface", "eth0"))
            .vrid(env.getRequiredProperty("havip.vrid", Integer.class))
            .priority(env.getProperty("havip.priority", Integer.class, 100))
            .address(env.getRequiredProperty("havip.address"))
            .healthCheck("database", orders::databaseUp)
            .build();
    return HavipConfig.of(router);
  }

  /** On the host's own platform, unless a test has put one into the context. */
  @Bean
  HavipLifecycle havipNode(
      HavipConfig config, List<HavipListener> listeners, ObjectProvider<Platform> platform) {
    HavipNodeBuilder builder = HavipNode.builder(config);
    listeners.forEach(builder::listener);
    platform.ifAvailable(builder::platform);
    return new HavipLifecycle(builder);
  }
}

package io.havip.examples.guide;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.HealthCheckConfig;
import io.havip.Reconfiguration;
import io.havip.VirtualRouterConfig;
import io.havip.spi.FenceOptions;
import java.time.Duration;
import java.util.concurrent.Executor;

/** A primary and a secondary of a store: what such an application gives to the library. */
final class InAnApplication {

  private InAnApplication() {}

  /** The application. */
  interface Store {
    boolean answers() throws Exception;

    void promote() throws Exception;

    void demote() throws Exception;

    void log(String line);
  }

  static VirtualRouterConfig router(Store store) {
    var check =
        HealthCheckConfig.of("store", store::answers)
            .every(Duration.ofSeconds(1), Duration.ofMillis(800))
            .withHysteresis(2, 3);
    var router =
        VirtualRouterConfig.builder("store")
            .interfaceName("eth0")
            .vrid(52)
            .priority(100)
            .address("10.0.0.4/24")
            .healthCheck(check)
            .beforeServing(name -> store.promote(), Duration.ofSeconds(5))
            .beforeLeaving(name -> store.demote(), Duration.ofSeconds(5))
            .build();
    return router;
  }

  static HavipNode start(VirtualRouterConfig router, Store store, Executor callbacks) {
    var node =
        HavipNode.builder(router)
            .listener(event -> store.log(event.subject() + ": " + event.describe()))
            .callbackExecutor(callbacks)
            .fences(FenceOptions.BEST)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(node::close, "hand-over"));
    return node;
  }

  /** What most applications look at. */
  static String words(HavipEvent event) {
    return switch (event) {
      case HavipEvent.StateChanged change -> "now " + change.to() + ", " + change.describe();
      case HavipEvent.Warning warning -> "look at this: " + warning.message();
      case HavipEvent.AdvertRefused refused -> "refused: " + refused.describe();
      default -> event.describe();
    };
  }

  static Reconfiguration preferAnother(HavipNode node, HavipConfig next) {
    Reconfiguration changes = node.apply(next);
    return changes;
  }
}

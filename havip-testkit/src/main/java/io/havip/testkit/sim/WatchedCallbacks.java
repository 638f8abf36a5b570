package io.havip.testkit.sim;

import io.havip.Handover;
import io.havip.HavipConfig;
import io.havip.Takeover;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.check.Sighting.Callback.Call;
import java.util.List;

/** Wraps the callbacks of an application, so that a watch sees them begin and end. */
final class WatchedCallbacks {

  private final Listener listener;

  /** Hears of calls. */
  @FunctionalInterface
  interface Listener {
    void called(String host, String router, Call call, boolean begins);
  }

  WatchedCallbacks(Listener listener) {
    this.listener = listener;
  }

  /** The same configuration with watched callbacks; the same object if it has none. */
  HavipConfig of(String host, HavipConfig config) {
    boolean some =
        config.routers().stream()
            .anyMatch(r -> r.takeover().isPresent() || r.handover().isPresent());
    if (!some) {
      return config;
    }
    List<VirtualRouterConfig> routers =
        config.routers().stream().map(router -> of(host, router)).toList();
    return new HavipConfig(
        config.name(), routers, config.startDelay(), config.syncGroups(), config.notifyFifos());
  }

  private VirtualRouterConfig of(String host, VirtualRouterConfig router) {
    VirtualRouterConfigBuilder builder = router.toBuilder();
    router
        .takeover()
        .ifPresent(takeover -> builder.beforeServing(of(host, takeover), takeover.timeout()));
    router
        .handover()
        .ifPresent(handover ->
            builder.beforeLeaving(new Watched(host, handover.callback()), handover.timeout()));
    return builder.build();
  }

  private Takeover.Callback of(String host, Takeover takeover) {
    return router -> {
      listener.called(host, router, Call.PREPARE, true);
      try {
        takeover.callback().prepare(router);
      } finally {
        listener.called(host, router, Call.PREPARE, false);
      }
    };
  }

  private final class Watched implements Handover.Callback {

    private final String host;
    private final Handover.Callback callback;

    Watched(String host, Handover.Callback callback) {
      this.host = host;
      this.callback = callback;
    }

    @Override
    public void demote(String router) throws Exception {
      listener.called(host, router, Call.DEMOTE, true);
      try {
        callback.demote(router);
      } finally {
        listener.called(host, router, Call.DEMOTE, false);
      }
    }

    @Override
    public void lost(String router) throws Exception {
      listener.called(host, router, Call.LOST, true);
      try {
        callback.lost(router);
      } finally {
        listener.called(host, router, Call.LOST, false);
      }
    }
  }
}

package io.havip.testkit.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.havip.Preemption;
import io.havip.Track;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.List;

/** A virtual router in the header of a log: as much of it as the checks ask for. */
final class RecordedRouter {

  private RecordedRouter() {}

  static VirtualRouterConfig of(JsonNode json) {
    VirtualRouterConfigBuilder router =
        VirtualRouterConfig.builder(json.path("name").asText())
            .interfaceName(json.path("interface").asText())
            .vrid(json.path("vrid").asInt())
            .version(json.path("protocol").asInt() == 2 ? VrrpVersion.V2 : VrrpVersion.V3)
            .priority(json.path("priority").asInt())
            .advertInterval(Duration.parse(json.path("interval").asText()))
            .downMultiplier(json.path("down").asInt())
            .preemption(
                json.path("preempt").asBoolean()
                    ? new Preemption.After(Duration.parse(json.path("preemptDelay").asText()))
                    : Preemption.NEVER);
    for (JsonNode address : json.path("addresses")) {
      router.address(address.asText());
    }
    if (json.hasNonNull("prepare")) {
      router.beforeServing(name -> {}, Duration.parse(json.path("prepare").asText()));
    }
    if (json.path("tracks").asInt() > 0) {
      // That it depends on something is all that matters: its priority changes unseen.
      router.track(new Track.Interface("what-the-log-does-not-name", 1, false));
    }
    return router.build();
  }

  /** Whether two headers tell of the same groups with the same settings. */
  static boolean sameGroup(List<VirtualRouterConfig> one, List<VirtualRouterConfig> other) {
    return one.equals(other);
  }
}

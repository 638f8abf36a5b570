package io.havip.examples;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.Preemption;
import io.havip.VirtualRouterConfig;
import io.havip.wire.VrrpVersion;
import java.time.Duration;

/** The lines of an event log that are no events: who writes, and that he still does. */
final class EventHeader {

  /** How often a living process says so. */
  static final Duration ALIVE = Duration.ofSeconds(1);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private EventHeader() {}

  /**
   * The first line of a process, and of each new configuration.
   *
   * @param alive how often {@link #alive} follows; zero for never
   */
  static String of(HavipConfig config, String node, Duration alive) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("log", "havip-events").put("version", 1).put("node", node);
    if (alive.isPositive()) {
      json.put("alive", alive.toString());
    }
    ArrayNode routers = json.putArray("routers");
    config.routers().forEach(r -> router(routers.addObject(), r));
    return json.toString();
  }

  private static void router(ObjectNode json, VirtualRouterConfig router) {
    json.put("name", router.name())
        .put("interface", router.interfaceName())
        .put("vrid", router.vrid())
        .put("protocol", router.version() == VrrpVersion.V2 ? 2 : 3)
        .put("priority", router.priority())
        .put("interval", router.advertInterval().toString())
        .put("down", router.downMultiplier());
    switch (router.preemption()) {
      case Preemption.After after ->
          json.put("preempt", true).put("preemptDelay", after.delay().toString());
      case Preemption.Never never -> json.put("preempt", false);
    }
    json.put("tracks", router.tracks().size());
    router.takeover().ifPresent(t -> json.put("prepare", t.timeout().toString()));
    ArrayNode addresses = json.putArray("addresses");
    router.addresses().forEach(a -> addresses.add(a.address().toString()));
  }

  /** That the process still runs: otherwise a log could not tell of its end. */
  static String alive(HavipEvent.At at) {
    return MAPPER
        .createObjectNode()
        .put("time", at.wall().toString())
        .put("nanos", at.nanos())
        .put("event", "alive")
        .put("subject", "")
        .toString();
  }
}

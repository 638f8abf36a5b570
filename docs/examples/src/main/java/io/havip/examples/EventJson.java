package io.havip.examples;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.havip.HavipEvent;
import java.util.Locale;

/** An event as one JSON object on one line. */
final class EventJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private EventJson() {}

  static String of(HavipEvent event) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("time", event.at().wall().toString());
    json.put("nanos", event.at().nanos());
    json.put("event", event.id());
    json.put("subject", event.subject());
    switch (event) {
      case HavipEvent.StateChanged e ->
          json.put("from", e.from().name())
              .put("to", e.to().name())
              .put("cause", kebab(e.cause().getClass().getSimpleName()))
              .put("why", e.cause().describe())
              .put("priority", e.priority());
      case HavipEvent.GroupChanged e ->
          json.put("from", e.from().name())
              .put("to", e.to().name())
              .put("router", e.router())
              .put("cause", kebab(e.cause().getClass().getSimpleName()));
      case HavipEvent.AddressBound e ->
          json.put("address", e.address().address().toString()).put("interface", e.interfaceName());
      case HavipEvent.AddressReleased e ->
          json.put("address", e.address().address().toString()).put("interface", e.interfaceName());
      case HavipEvent.AddressLost e ->
          json.put("address", e.address().address().toString()).put("interface", e.interfaceName());
      case HavipEvent.PriorityChanged e -> json.put("from", e.from()).put("to", e.to());
      case HavipEvent.CheckChanged e -> json.put("healthy", e.healthy());
      case HavipEvent.FileChanged e -> json.put("value", e.value());
      case HavipEvent.LinkChanged e -> json.put("up", e.up());
      case HavipEvent.LowerPriorityHeard e ->
          json.put("peer", e.peer().toString()).put("priority", e.priority());
      case HavipEvent.AdvertRefused e ->
          json.put("peer", e.peer().toString())
              .put("reason", e.refusal().reason().id())
              .put("count", e.count());
      case HavipEvent.AddressesDiffer e ->
          json.put("peer", e.peer().toString())
              .put("missing", e.missing().toString())
              .put("unknown", e.unknown().toString())
              .put("count", e.count());
      case HavipEvent.Warning e -> json.put("message", e.message());
      case HavipEvent.CloudHolderChanged e -> json.put("address", e.address().toString());
      case HavipEvent.CloudConfirmed e -> {
        json.put("address", e.address().toString());
        e.epoch().ifPresent(epoch -> json.put("epoch", epoch));
      }
      case HavipEvent.CloudNotConfirmed e -> json.put("address", e.address().toString());
      case HavipEvent.CloudCalled e ->
          json.put("address", e.address().toString())
              .put("call", e.call())
              .put("result", e.result());
      case HavipEvent.CloudFailed e ->
          json.put("address", e.address().toString())
              .put("failure", kebab(e.failure().kind().name()).replace('_', '-'))
              .put("outcome", kebab(e.failure().outcome().name()).replace('_', '-'));
      case HavipEvent.Reconfigured e ->
          e.changes()
              .changes()
              .forEach(c -> json.put(c.router(), kebab(c.getClass().getSimpleName())));
      case HavipEvent.PropertyViolated e ->
          json.put("property", e.property()).put("words", e.words()).put("count", e.count());
      case HavipEvent.OperationFailed e ->
          json.put("operation", e.failure().operation()).put("failure", e.failure().cause());
    }
    json.put("text", event.describe());
    return json.toString();
  }

  /** {@code StateChanged} becomes {@code state-changed}. */
  private static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}

package io.havip.tencent.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One VPC as its API shows it: {@code vpc-1} with {@code subnet-1} (10.0.0.0/24) and {@code
 * subnet-2}. Guarded by itself.
 */
public final class FakeNetwork {

  static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> haVips = new LinkedHashMap<>();
  private final Map<String, ObjectNode> interfaces = new LinkedHashMap<>();
  private final Map<String, ObjectNode> byToken = new HashMap<>();
  private int clock;

  /** Adds an interface with a primary address. */
  public synchronized FakeNetwork eni(
      String id, String subnet, String instance, String primaryAddress) {
    ObjectNode eni = JSON.objectNode();
    eni.put("NetworkInterfaceId", id).put("VpcId", "vpc-1").put("SubnetId", subnet);
    eni.put("Primary", true).putObject("Attachment").put("InstanceId", instance);
    eni.putArray("PrivateIpAddressSet")
        .addObject()
        .put("PrivateIpAddress", primaryAddress)
        .put("Primary", true);
    interfaces.put(id, eni);
    return this;
  }

  /** Adds a HAVIP that nobody holds. */
  public synchronized FakeNetwork haVip(String id, String vip, String subnet, boolean restricted) {
    ObjectNode havip = JSON.objectNode();
    havip.put("HaVipId", id).put("Vip", vip).put("VpcId", "vpc-1").put("SubnetId", subnet);
    havip.put("HaVipName", id).put("NetworkInterfaceId", "").put("InstanceId", "");
    havip.put("AddressIp", "").put("State", "UNBIND").put("FlushedTime", "0000-00-00 00:00:00");
    havip.put("CheckAssociate", restricted).putArray("HaVipAssociationSet");
    haVips.put(id, havip);
    return this;
  }

  /** A secondary address goes to an interface, from wherever it was; null takes it away. */
  public synchronized void place(String address, String eni) {
    for (ObjectNode each : interfaces.values()) {
      ArrayNode addresses = (ArrayNode) each.path("PrivateIpAddressSet");
      for (int i = addresses.size() - 1; i >= 0; i--) {
        if (addresses.get(i).path("PrivateIpAddress").asText().equals(address)) {
          addresses.remove(i);
        }
      }
    }
    if (eni != null) {
      ((ArrayNode) interfaces.get(eni).path("PrivateIpAddressSet"))
          .addObject()
          .put("PrivateIpAddress", address)
          .put("Primary", false);
    }
  }

  /** A guest announces a HAVIP; what is not allowed is dropped without a word. */
  public synchronized void announce(String havipId, String eni) {
    ObjectNode havip = haVips.get(havipId);
    JsonNode from = interfaces.get(eni);
    if (!from.path("SubnetId").equals(havip.path("SubnetId"))) {
      return;
    }
    String instance = from.path("Attachment").path("InstanceId").asText();
    if (havip.path("CheckAssociate").asBoolean()
        && !associated(havip, eni)
        && !associated(havip, instance)) {
      return;
    }
    clock++;
    havip.put("NetworkInterfaceId", eni).put("InstanceId", instance).put("State", "AVAILABLE");
    havip.put("FlushedTime", "2026-11-22 20:00:%02d".formatted(clock));
  }

  /** Sets any field of a HAVIP. */
  public synchronized void set(String havipId, String field, String value) {
    haVips.get(havipId).put(field, value);
  }

  public synchronized String field(String havipId, String field) {
    return haVips.get(havipId).path(field).asText();
  }

  /** {@return the id of the HAVIP with an address} */
  public synchronized String idOf(String vip) {
    return haVips.values().stream()
        .filter(each -> each.path("Vip").asText().equals(vip))
        .map(each -> each.path("HaVipId").asText())
        .findFirst()
        .orElseThrow();
  }

  public synchronized boolean has(String havipId) {
    return haVips.containsKey(havipId);
  }

  public synchronized List<String> range(String havipId) {
    List<String> ids = new ArrayList<>();
    haVips
        .get(havipId)
        .path("HaVipAssociationSet")
        .forEach(a -> ids.add(a.path("InstanceId").asText()));
    return ids;
  }

  /** {@return the interface with an address, or the empty string} */
  public synchronized String whereIs(String address) {
    for (JsonNode eni : interfaces.values()) {
      for (JsonNode each : eni.path("PrivateIpAddressSet")) {
        if (each.path("PrivateIpAddress").asText().equals(address)) {
          return eni.path("NetworkInterfaceId").asText();
        }
      }
    }
    return "";
  }

  synchronized ArrayNode haVips(Map<String, String> filters) {
    ArrayNode found = JSON.arrayNode();
    for (ObjectNode each : haVips.values()) {
      if (matches(each, filters, "vip", "Vip") && matches(each, filters, "vpc-id", "VpcId")) {
        found.add(each.deepCopy());
      }
    }
    return found;
  }

  synchronized ArrayNode interfaces(Map<String, String> filters, List<String> ids) {
    ArrayNode found = JSON.arrayNode();
    for (ObjectNode each : interfaces.values()) {
      String instance = each.path("Attachment").path("InstanceId").asText();
      if ((ids.isEmpty() || ids.contains(each.path("NetworkInterfaceId").asText()))
          && matches(each, filters, "vpc-id", "VpcId")
          && instance.equals(filters.getOrDefault("attachment.instance-id", instance))
          && hasAddress(each, filters)) {
        found.add(each.deepCopy());
      }
    }
    return found;
  }

  /** Without ip-exact-match the API compares the ends of addresses. */
  private static boolean hasAddress(JsonNode eni, Map<String, String> filters) {
    String wanted = filters.get("address-ip");
    boolean exact = filters.getOrDefault("ip-exact-match", "false").equals("true");
    boolean found = wanted == null;
    for (JsonNode each : eni.path("PrivateIpAddressSet")) {
      String address = each.path("PrivateIpAddress").asText();
      found |= wanted != null && (exact ? address.equals(wanted) : address.endsWith(wanted));
    }
    return found;
  }

  private static boolean matches(
      JsonNode node, Map<String, String> filters, String filter, String field) {
    String value = node.path(field).asText();
    return value.equals(filters.getOrDefault(filter, value));
  }

  synchronized ObjectNode create(JsonNode request) {
    String token = request.path("ClientToken").asText();
    if (byToken.containsKey(token)) {
      return byToken.get(token).deepCopy();
    }
    String vip = request.path("Vip").asText("10.0.0." + (100 + haVips.size()));
    if (haVips.size() >= 10) {
      throw new ApiError("LimitExceeded");
    }
    if (vip.endsWith(".0") || vip.endsWith(".1") || vip.endsWith(".255")) {
      throw new ApiError("InvalidParameterValue.Reserved");
    }
    if (!whereIs(vip).isEmpty() || !haVips(Map.of("vip", vip)).isEmpty()) {
      throw new ApiError("ResourceInUse.Address");
    }
    String id = "havip-new" + haVips.size();
    haVip(id, vip, request.path("SubnetId").asText(), request.path("CheckAssociate").asBoolean());
    haVips.get(id).put("HaVipName", request.path("HaVipName").asText());
    byToken.put(token, haVips.get(id));
    return haVips.get(id).deepCopy();
  }

  synchronized void delete(String id) {
    if (existing(id).path("State").asText().equals("AVAILABLE")) {
      throw new ApiError("UnsupportedOperation");
    }
    haVips.remove(id);
  }

  synchronized void bindEip(String id, String eip) {
    for (JsonNode each : haVips.values()) {
      if (each.path("AddressIp").asText().equals(eip)) {
        throw new ApiError("UnsupportedOperation.BindEIP");
      }
    }
    existing(id).put("AddressIp", eip);
  }

  synchronized void unbindEip(String id) {
    if (existing(id).path("AddressIp").asText().isEmpty()) {
      throw new ApiError("UnsupportedOperation.UnbindEIP");
    }
    existing(id).put("AddressIp", "");
  }

  synchronized void associate(JsonNode association) {
    ObjectNode havip = existing(association.path("HaVipId").asText());
    if (associated(havip, association.path("InstanceId").asText())) {
      throw new ApiError("InvalidParameterValue.DuplicatedHaVipAssociations");
    }
    ((ArrayNode) havip.path("HaVipAssociationSet")).add(association);
  }

  synchronized void disassociate(JsonNode association) {
    ArrayNode set =
        (ArrayNode) existing(association.path("HaVipId").asText()).path("HaVipAssociationSet");
    for (int i = 0; i < set.size(); i++) {
      if (set.get(i).path("InstanceId").equals(association.path("InstanceId"))) {
        set.remove(i);
        return;
      }
    }
    throw new ApiError("ResourceNotFound");
  }

  synchronized void migrate(String address, String from, String to) {
    if (!interfaces.containsKey(from) || !interfaces.containsKey(to)) {
      throw new ApiError("ResourceNotFound");
    }
    if (!whereIs(address).equals(from)) {
      throw new ApiError("ResourceNotFound.PrivateIp");
    }
    if (!interfaces.get(from).path("SubnetId").equals(interfaces.get(to).path("SubnetId"))) {
      throw new ApiError("InvalidParameter");
    }
    if (interfaces
        .get(from)
        .path("PrivateIpAddressSet")
        .get(0)
        .path("PrivateIpAddress")
        .asText()
        .equals(address)) {
      throw new ApiError("UnauthorizedOperation.PrimaryIp");
    }
    place(address, to);
  }

  synchronized void assign(String address, String eni) {
    if (!whereIs(address).isEmpty()) {
      throw new ApiError("ResourceInUse");
    }
    place(address, eni);
  }

  synchronized void unassign(String address, String eni) {
    if (!whereIs(address).equals(eni)) {
      throw new ApiError("ResourceNotFound");
    }
    place(address, null);
  }

  synchronized ObjectNode existing(String havipId) {
    ObjectNode havip = haVips.get(havipId);
    if (havip == null) {
      throw new ApiError("ResourceNotFound");
    }
    return havip;
  }

  private static boolean associated(JsonNode havip, String id) {
    for (JsonNode each : havip.path("HaVipAssociationSet")) {
      if (each.path("InstanceId").asText().equals(id)) {
        return true;
      }
    }
    return false;
  }
}

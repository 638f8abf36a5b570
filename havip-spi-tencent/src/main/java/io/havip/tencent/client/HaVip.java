package io.havip.tencent.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A HAVIP as the API shows it. What is absent is the empty string.
 *
 * @param id its id, {@code havip-…}
 * @param vip its address
 * @param vpcId its VPC
 * @param subnetId its subnet
 * @param networkInterfaceId the interface that holds it
 * @param instanceId the instance that holds it
 * @param addressIp the elastic IP that leads to it
 * @param state {@code AVAILABLE} with a holder, {@code UNBIND} without
 * @param flushedTime when an announcement last moved it, in the words of the API
 * @param checkAssociate whether only members of the drift range may hold it
 * @param associations the drift range
 */
public record HaVip(
    String id,
    String vip,
    String vpcId,
    String subnetId,
    String networkInterfaceId,
    String instanceId,
    String addressIp,
    String state,
    String flushedTime,
    boolean checkAssociate,
    List<Association> associations) {

  /**
   * A member of the drift range.
   *
   * @param memberId the id of an instance or of an interface
   * @param type {@code CVM} or {@code ENI}
   */
  public record Association(String memberId, String type) {}

  static HaVip read(JsonNode node) {
    List<Association> associations = new ArrayList<>();
    for (JsonNode each : node.path("HaVipAssociationSet")) {
      associations.add(
          new Association(
              each.path("InstanceId").asText(""), each.path("InstanceType").asText("")));
    }
    return new HaVip(
        text(node, "HaVipId"),
        text(node, "Vip"),
        text(node, "VpcId"),
        text(node, "SubnetId"),
        text(node, "NetworkInterfaceId"),
        text(node, "InstanceId"),
        text(node, "AddressIp"),
        text(node, "State"),
        text(node, "FlushedTime"),
        node.path("CheckAssociate").asBoolean(false),
        List.copyOf(associations));
  }

  /** A null in the JSON reads as the word "null" unless a default is given. */
  static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isNull() ? "" : value.asText("");
  }
}

package io.havip.tencent.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A network interface as the API shows it. What is absent is the empty string.
 *
 * @param id its id, {@code eni-…}
 * @param vpcId its VPC
 * @param subnetId its subnet
 * @param instanceId the instance it is attached to
 * @param primary whether it is that instance's primary interface
 * @param addresses its private addresses
 */
public record NetworkInterface(
    String id,
    String vpcId,
    String subnetId,
    String instanceId,
    boolean primary,
    List<PrivateAddress> addresses) {

  /**
   * A private address of an interface.
   *
   * @param address the address
   * @param primary whether it is the interface's primary one, which cannot move
   */
  public record PrivateAddress(String address, boolean primary) {}

  static NetworkInterface read(JsonNode node) {
    List<PrivateAddress> addresses = new ArrayList<>();
    for (JsonNode each : node.path("PrivateIpAddressSet")) {
      addresses.add(
          new PrivateAddress(
              HaVip.text(each, "PrivateIpAddress"), each.path("Primary").asBoolean(false)));
    }
    return new NetworkInterface(
        HaVip.text(node, "NetworkInterfaceId"),
        HaVip.text(node, "VpcId"),
        HaVip.text(node, "SubnetId"),
        HaVip.text(node.path("Attachment"), "InstanceId"),
        node.path("Primary").asBoolean(false),
        List.copyOf(addresses));
  }
}

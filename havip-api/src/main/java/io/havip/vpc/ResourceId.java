package io.havip.vpc;

/**
 * The name by which a cloud knows a resource. Ids of different kinds are different types, so that
 * one cannot be passed for another; within a kind they compare by their text.
 */
public sealed interface ResourceId
    permits VpcId,
        SubnetId,
        InstanceId,
        InterfaceId,
        PlacementGroupId,
        SecurityGroupId,
        HavipId,
        ElasticIpId {

  /**
   * Returns the text of the id.
   *
   * @return 1 to 64 visible ASCII characters
   */
  String value();

  /**
   * Returns what the id names, in words for a message.
   *
   * @return for example {@code network interface}
   */
  String kind();
}

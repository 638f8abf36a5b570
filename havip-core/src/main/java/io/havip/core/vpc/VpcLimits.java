package io.havip.core.vpc;

/**
 * How much a cloud grants.
 *
 * @param havipsPerVpc HAVIPs in one VPC, 10 by default; larger ones are granted by ticket
 * @param driftMembersPerCall members that one call may add to or remove from a drift range
 */
public record VpcLimits(int havipsPerVpc, int driftMembersPerCall) {

  /** 10 HAVIPs a VPC, 10 members a call: Tencent Cloud's. */
  public static final VpcLimits DEFAULT = new VpcLimits(10, 10);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a limit is negative
   */
  public VpcLimits {
    if (havipsPerVpc < 0 || driftMembersPerCall < 0) {
      throw new IllegalArgumentException("limits must not be negative");
    }
  }
}

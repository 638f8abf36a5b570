package io.havip.vpc;

import org.jspecify.annotations.Nullable;

/**
 * A virtual machine. Its interfaces are {@link NetworkInterface}s that are attached to it.
 *
 * @param id names it
 * @param physicalHost where it runs
 * @param placementGroup the group whose members run on different physical hosts, or null
 * @param state whether it runs
 */
public record Instance(
    InstanceId id,
    PhysicalHost physicalHost,
    @Nullable PlacementGroupId placementGroup,
    InstanceState state) {

  /**
   * The same in another state.
   *
   * @param newState whether it runs
   * @return the changed copy
   */
  public Instance withState(InstanceState newState) {
    return new Instance(id, physicalHost, placementGroup, newState);
  }
}

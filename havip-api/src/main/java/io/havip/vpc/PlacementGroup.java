package io.havip.vpc;

/**
 * A promise of the cloud that certain instances run on different physical hosts, so that one
 * machine's failure takes one of them.
 *
 * @param id names it
 * @param name what people call it
 */
public record PlacementGroup(PlacementGroupId id, String name) {}

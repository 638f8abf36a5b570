package io.havip;

import java.util.HashSet;
import java.util.List;

/**
 * Routers of one node that become ACTIVE together and leave together, as a router between two
 * networks needs it: a fault of one is a fault of all, and one that yields takes the others along.
 * Give all of them the same priority on each node, or two nodes may each win one half of the group,
 * and both give it up again.
 *
 * @param name names the group in events and snapshots
 * @param routers names of routers of the node, at least two; a router is in one group at most
 * @param tracks what every router of the group depends on, besides its own. A weight changes the
 *     priority of all of them
 * @param trackingWeight whether what one router alone depends on may change its priority. If not,
 *     its dependencies with a weight other than 0 are left out, since members of different priority
 *     would not move together (Keepalived's {@code sync_group_tracking_weight})
 * @param notifyCommands what is told of the group as a whole, besides what is told of its routers;
 *     for one notice in this order
 */
public record SyncGroup(
    String name,
    List<String> routers,
    List<Track> tracks,
    boolean trackingWeight,
    List<NotifyCommand> notifyCommands) {

  /** Copies the lists and checks the names. */
  public SyncGroup {
    routers = List.copyOf(routers);
    tracks = List.copyOf(tracks);
    notifyCommands = List.copyOf(notifyCommands);
    if (name.isBlank()) {
      throw new HavipConfigException("the name of a sync group is blank");
    }
    if (routers.size() < 2) {
      throw new HavipConfigException(
          "sync group \"%s\" needs at least two virtual routers, not %s".formatted(name, routers));
    }
    if (new HashSet<>(routers).size() < routers.size()) {
      throw new HavipConfigException(
          "sync group \"%s\" names a virtual router twice: %s".formatted(name, routers));
    }
  }

  /**
   * Makes a group of which nobody is told.
   *
   * @param name names the group
   * @param routers names of its routers, at least two
   * @param tracks what every router of the group depends on, besides its own
   * @param trackingWeight whether the weights of what one router alone depends on count
   */
  public SyncGroup(String name, List<String> routers, List<Track> tracks, boolean trackingWeight) {
    this(name, routers, tracks, trackingWeight, List.of());
  }

  /**
   * {@return the same group with other commands}
   *
   * @param commands what is told of the group as a whole
   */
  public SyncGroup withNotifyCommands(List<NotifyCommand> commands) {
    return new SyncGroup(name, routers, tracks, trackingWeight, commands);
  }

  /**
   * A group without dependencies of its own.
   *
   * @param name names the group
   * @param routers names of its routers, at least two
   * @return the group
   */
  public static SyncGroup of(String name, String... routers) {
    return new SyncGroup(name, List.of(routers), List.of(), false);
  }
}

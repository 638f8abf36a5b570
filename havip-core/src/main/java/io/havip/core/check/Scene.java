package io.havip.core.check;

import io.havip.VirtualRouterConfig;
import io.havip.spi.Fence;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run is about: the members of one virtual router, and what the stage guarantees and sees.
 *
 * @param members the members
 * @param longestDelay D: the longest time a message is under way when nothing is wrong
 * @param longestLateness L: the longest time a timer fires late when nothing is wrong
 * @param senses what the stage can see
 * @param mappingSettles within which time the cloud's mapping follows the election when nothing is
 *     wrong; empty without a cloud
 */
public record Scene(
    List<Actor> members,
    Duration longestDelay,
    Duration longestLateness,
    Set<Sense> senses,
    Optional<Duration> mappingSettles) {

  /** Copies the collections. */
  public Scene {
    members = List.copyOf(members);
    senses = senses.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(senses));
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a scene needs a member");
    }
  }

  /**
   * A scene without a cloud.
   *
   * @param members the members
   * @param longestDelay D: the longest time a message is under way when nothing is wrong
   * @param longestLateness L: the longest time a timer fires late when nothing is wrong
   * @param senses what the stage can see
   */
  public Scene(
      List<Actor> members, Duration longestDelay, Duration longestLateness, Set<Sense> senses) {
    this(members, longestDelay, longestLateness, senses, Optional.empty());
  }

  /**
   * The same in a cloud.
   *
   * @param settles within which time the cloud's mapping follows the election when nothing is wrong
   * @return the changed copy
   */
  public Scene withMapping(Duration settles) {
    return new Scene(members, longestDelay, longestLateness, senses, Optional.of(settles));
  }

  /**
   * {@return after how much quiet the group must be of one mind} The longest M + 2 (D + L), and
   * what a preemption delay and a callback that prepares add to it.
   */
  public Duration settled() {
    return Duration.ofNanos(new Bounds(this).settle);
  }

  /**
   * One member.
   *
   * @param name its name in sightings
   * @param router its configuration at the start
   * @param fence what takes its addresses away when its process dies or stalls
   * @param siblings the names of the other routers of the router's sync group
   */
  public record Actor(String name, VirtualRouterConfig router, Fence fence, Set<String> siblings) {

    /** Copies the set. */
    public Actor {
      siblings = Set.copyOf(siblings);
    }

    /**
     * A member whose router is in no sync group.
     *
     * @param name its name in sightings
     * @param router its configuration at the start
     * @param fence what takes its addresses away when its process dies or stalls
     */
    public Actor(String name, VirtualRouterConfig router, Fence fence) {
      this(name, router, fence, Set.of());
    }

    /**
     * A member without a fence.
     *
     * @param name its name in sightings
     * @param router its configuration at the start
     */
    public Actor(String name, VirtualRouterConfig router) {
      this(name, router, new Fence.None());
    }
  }
}

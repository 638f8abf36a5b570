package io.havip.core.check;

import io.havip.VirtualRouterConfig;
import io.havip.spi.Fence;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a run is about: the members of one virtual router, and what the stage guarantees and sees.
 *
 * @param members the members
 * @param longestDelay D: the longest time a message is under way when nothing is wrong
 * @param longestLateness L: the longest time a timer fires late when nothing is wrong
 * @param senses what the stage can see
 */
public record Scene(
    List<Actor> members, Duration longestDelay, Duration longestLateness, Set<Sense> senses) {

  /** Copies the collections. */
  public Scene {
    members = List.copyOf(members);
    senses = senses.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(senses));
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a scene needs a member");
    }
  }

  /**
   * {@return after how much quiet the group must be of one mind} The longest M + 2 (D + L), and what
   * a preemption delay and a callback that prepares add to it.
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
   */
  public record Actor(String name, VirtualRouterConfig router, Fence fence) {

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

package io.havip;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A node at one moment.
 *
 * @param name the node
 * @param platform the platform it runs on
 * @param at when the snapshot was taken, on the loop
 * @param routers its routers, in the order of the configuration
 * @param strangers packets that belong to none of its routers
 * @param groups its sync groups
 * @param timing how late its loop runs
 */
public record NodeSnapshot(
    String name,
    String platform,
    HavipEvent.At at,
    List<RouterSnapshot> routers,
    List<Stranger> strangers,
    List<Group> groups,
    Timing timing) {

  /** Copies the lists. */
  public NodeSnapshot {
    routers = List.copyOf(routers);
    strangers = List.copyOf(strangers);
    groups = List.copyOf(groups);
  }

  /**
   * Packets on an interface that belong to no router of the node, such as adverts of another group.
   *
   * @param interfaceName where they arrived
   * @param count who sent them, how many, and the last one in words
   */
  public record Stranger(String interfaceName, RouterSnapshot.RefusalCount count) {}

  /**
   * A sync group.
   *
   * @param name the group
   * @param state ACTIVE if all its routers are, FAULT or INITIALIZE if one is, else BACKUP
   * @param routers their names
   */
  public record Group(String name, RouterState state, List<String> routers) {

    /** Copies the list. */
    public Group {
      routers = List.copyOf(routers);
    }
  }

  /**
   * How late the loop of a node serves its deadlines, since its start. A sample is the worst within
   * one advert interval of the router with the shortest one; quantiles are rounded up by at most an
   * eighth. In a simulation, where code takes no time, it is what the simulator made of it.
   *
   * @param samples advert intervals measured
   * @param median half of them were no later
   * @param p99 99 of 100 were no later
   * @param worst the greatest lateness
   * @param shortestInterval the shortest advert interval at which that lateness would have cost no
   *     takeover even if one advert had been lost just before; a multiple of 10 ms
   */
  public record Timing(
      long samples, Duration median, Duration p99, Duration worst, Duration shortestInterval) {}

  /**
   * {@return the router of that name}
   *
   * @param routerName its name
   * @throws NoSuchElementException if the node has no such router
   */
  public RouterSnapshot router(String routerName) {
    return routers.stream()
        .filter(r -> r.name().equals(routerName))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no virtual router named " + routerName));
  }
}

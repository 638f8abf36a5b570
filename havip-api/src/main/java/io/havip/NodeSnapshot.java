package io.havip;

import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A node at one moment.
 *
 * @param name the node
 * @param platform the platform it runs on
 * @param at when the snapshot was taken
 * @param routers its routers, in the order of the configuration
 * @param strangers packets that belong to none of its routers
 */
public record NodeSnapshot(
    String name,
    String platform,
    Instant at,
    List<RouterSnapshot> routers,
    List<Stranger> strangers) {

  /** Copies the lists. */
  public NodeSnapshot {
    routers = List.copyOf(routers);
    strangers = List.copyOf(strangers);
  }

  /**
   * Packets on an interface that belong to no router of the node, such as adverts of another group.
   *
   * @param interfaceName where they arrived
   * @param count who sent them, how many, and the last one in words
   */
  public record Stranger(String interfaceName, RouterSnapshot.RefusalCount count) {}

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

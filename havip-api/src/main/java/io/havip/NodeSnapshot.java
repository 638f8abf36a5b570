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
 */
public record NodeSnapshot(String name, String platform, Instant at, List<RouterSnapshot> routers) {

  /** Copies the list. */
  public NodeSnapshot {
    routers = List.copyOf(routers);
  }

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

package io.havip;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one node runs.
 *
 * @param name names the node in threads, logs and snapshots
 * @param routers the virtual routers, at least one; names differ, and so do the VRIDs of one
 *     interface and family
 * @param startDelay how long after its start the node listens to nobody and claims nothing, so that
 *     a network that comes up slowly elects no one falsely; zero for none
 */
public record HavipConfig(String name, List<VirtualRouterConfig> routers, Duration startDelay) {

  /** Copies the list and checks that its routers can live together. */
  public HavipConfig {
    routers = List.copyOf(routers);
    if (routers.isEmpty()) {
      throw new HavipConfigException("node \"" + name + "\" has no virtual router");
    }
    if (startDelay.isNegative()) {
      throw new HavipConfigException("the start delay must not be negative: " + startDelay);
    }
    Set<String> names = new HashSet<>();
    Map<List<Object>, String> groups = new HashMap<>();
    Map<IpAddress, String> addresses = new HashMap<>();
    Map<String, HealthCheckConfig> checks = new HashMap<>();
    for (VirtualRouterConfig router : routers) {
      if (!names.add(router.name())) {
        throw new HavipConfigException("two virtual routers are named \"" + router.name() + "\"");
      }
      String other =
          groups.put(
              List.of(router.interfaceName(), router.family(), router.vrid()), router.name());
      if (other != null) {
        throw new HavipConfigException(
            "virtual routers \"%s\" and \"%s\" use the same VRID %d on %s"
                .formatted(other, router.name(), router.vrid(), router.interfaceName()));
      }
      for (VirtualAddress address : router.allAddresses()) {
        String holder = addresses.put(address.address(), router.name());
        if (holder != null) {
          throw new HavipConfigException(
              "virtual routers \"%s\" and \"%s\" both claim %s"
                  .formatted(holder, router.name(), address.address()));
        }
      }
      for (Track track : router.tracks()) {
        if (track instanceof Track.Check tracked) {
          HealthCheckConfig known = checks.putIfAbsent(tracked.check().name(), tracked.check());
          if (known != null && !known.equals(tracked.check())) {
            throw new HavipConfigException(
                "two different health checks are named \"" + known.name() + "\"");
          }
        }
      }
    }
  }

  /**
   * A node named {@code havip} with the given routers and no start delay.
   *
   * @param routers at least one
   * @return the configuration
   */
  public static HavipConfig of(VirtualRouterConfig... routers) {
    return new HavipConfig("havip", Arrays.asList(routers), Duration.ZERO);
  }
}

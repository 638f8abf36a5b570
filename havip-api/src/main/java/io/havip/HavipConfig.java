package io.havip;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import java.nio.file.Path;
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
 * @param syncGroups which of the routers are ACTIVE together or not at all; names differ, and a
 *     router is in one group at most
 * @param notifyFifos named pipes that are told of every router and group; paths differ
 */
public record HavipConfig(
    String name,
    List<VirtualRouterConfig> routers,
    Duration startDelay,
    List<SyncGroup> syncGroups,
    List<NotifyFifo> notifyFifos) {

  /** Copies the list and checks that its routers can live together. */
  public HavipConfig {
    routers = List.copyOf(routers);
    syncGroups = List.copyOf(syncGroups);
    notifyFifos = List.copyOf(notifyFifos);
    List<Path> pipes = notifyFifos.stream().map(NotifyFifo::path).toList();
    if (new HashSet<>(pipes).size() < pipes.size()) {
      throw new HavipConfigException("a pipe is given twice: " + pipes);
    }
    if (routers.isEmpty()) {
      throw new HavipConfigException("node \"" + name + "\" has no virtual router");
    }
    Durations.requireDelay("the start delay", startDelay);
    Set<String> names = new HashSet<>();
    Map<List<Object>, String> groups = new HashMap<>();
    Map<IpAddress, String> addresses = new HashMap<>();
    Map<String, String> virtualInterfaces = new HashMap<>();
    TrackNames tracked = new TrackNames();
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
      router
          .virtualInterface()
          .ifPresent(virtual -> {
            String maker = virtualInterfaces.put(virtual, router.name());
            if (maker != null) {
              throw new HavipConfigException(
                  "virtual routers \"%s\" and \"%s\" would both make the interface %s; name one"
                          .formatted(maker, router.name(), virtual)
                      + " of them");
            }
          });
      for (VirtualAddress address : router.allAddresses()) {
        String holder = addresses.put(address.address(), router.name());
        if (holder != null) {
          throw new HavipConfigException(
              "virtual routers \"%s\" and \"%s\" both claim %s"
                  .formatted(holder, router.name(), address.address()));
        }
      }
      router.tracks().forEach(tracked::add);
    }
    syncGroups.forEach(g -> g.tracks().forEach(tracked::add));
    checkGroups(syncGroups, names);
  }

  /**
   * Makes a configuration without sync groups and pipes.
   *
   * @param name names the node
   * @param routers the virtual routers, at least one
   * @param startDelay how long the node holds back after its start; zero for none
   */
  public HavipConfig(String name, List<VirtualRouterConfig> routers, Duration startDelay) {
    this(name, routers, startDelay, List.of(), List.of());
  }

  /**
   * {@return the same node with other sync groups}
   *
   * @param groups of its routers
   */
  public HavipConfig withSyncGroups(List<SyncGroup> groups) {
    return new HavipConfig(name, routers, startDelay, groups, notifyFifos);
  }

  /**
   * {@return the same node with other pipes}
   *
   * @param fifos named pipes
   */
  public HavipConfig withNotifyFifos(List<NotifyFifo> fifos) {
    return new HavipConfig(name, routers, startDelay, syncGroups, fifos);
  }

  private static void checkGroups(List<SyncGroup> groups, Set<String> routers) {
    Set<String> names = new HashSet<>();
    Map<String, String> groupOf = new HashMap<>();
    for (SyncGroup group : groups) {
      if (!names.add(group.name())) {
        throw new HavipConfigException("two sync groups are named \"" + group.name() + "\"");
      }
      for (String router : group.routers()) {
        if (!routers.contains(router)) {
          throw new HavipConfigException(
              "sync group \"%s\" names \"%s\", but the virtual routers are %s"
                  .formatted(group.name(), router, routers.stream().sorted().toList()));
        }
        String other = groupOf.put(router, group.name());
        if (other != null) {
          throw new HavipConfigException(
              "virtual router \"%s\" is in two sync groups, \"%s\" and \"%s\""
                  .formatted(router, other, group.name()));
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

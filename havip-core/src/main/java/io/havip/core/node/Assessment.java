package io.havip.core.node;

import io.havip.Track;
import io.havip.VirtualRouterConfig;
import io.havip.core.tracking.Fitness;
import io.havip.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a router is, all things it depends on taken together.
 *
 * @param priority its effective priority
 * @param ownFaults what holds it in FAULT by itself
 * @param faults the same and what holds its sync group in FAULT
 * @param severed whether the network itself is out of reach, so that there is nothing to hand over
 *     in order
 * @param source where its adverts come from; empty if it has no such address
 */
record Assessment(
    int priority,
    List<String> ownFaults,
    List<String> faults,
    boolean severed,
    Optional<IpAddress> source) {

  /** {@return a router that nobody has looked at} */
  static Assessment none(int priority) {
    return new Assessment(priority, List.of(), List.of(), false, Optional.empty());
  }

  /** {@return all faults in one clause, or null if the router is fit} */
  @Nullable String fault() {
    return faults.isEmpty() ? null : String.join(", ", faults);
  }

  /**
   * Adds a router's own condition up.
   *
   * @param tracks what it depends on
   * @param others faults of its port and its addresses
   */
  static Assessment of(
      VirtualRouterConfig config,
      List<Track> tracks,
      Dependencies dependencies,
      List<String> others) {
    Fitness byTracks =
        Fitness.of(config.priority(), tracks.stream().map(dependencies::part).toList());
    List<String> faults = new ArrayList<>(byTracks.faults());
    dependencies.interfaceFault(config).ifPresent(faults::add);
    faults.addAll(others);
    Optional<IpAddress> source = dependencies.source(config);
    if (source.isEmpty() && faults.isEmpty()) {
      faults.add(dependencies.sourceFault(config));
    }
    boolean severed = faults.size() > byTracks.faults().size();
    List<String> all = List.copyOf(faults);
    return new Assessment(byTracks.priority(), all, all, severed, source);
  }

  /** {@return the same with a fault that leaves the network as it is, if there is one} */
  Assessment and(Optional<String> fault) {
    if (fault.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(ownFaults);
    all.add(fault.get());
    return new Assessment(priority, List.copyOf(all), List.copyOf(all), severed, source);
  }

  /** {@return the same with the faults of the group} */
  Assessment with(List<String> groupFaults) {
    List<String> all = new ArrayList<>(ownFaults);
    all.addAll(groupFaults);
    return new Assessment(priority, ownFaults, List.copyOf(all), severed, source);
  }
}

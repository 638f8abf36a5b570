package io.havip.testkit.sim;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hosts, clients and segments of a simulation, by their names and in the order of making. */
final class Topology {

  private final Simulation simulation;
  private final Map<String, SimHost> hosts = new LinkedHashMap<>();
  private final Set<String> stations = new LinkedHashSet<>();
  private final Map<String, SimNetwork> segments = new LinkedHashMap<>();
  private int ports;

  Topology(Simulation simulation) {
    this.simulation = simulation;
  }

  int nextPort() {
    return ports++;
  }

  Collection<SimHost> hosts() {
    return Collections.unmodifiableCollection(hosts.values());
  }

  Collection<SimNetwork> segments() {
    return segments.values();
  }

  Set<String> stations() {
    return stations;
  }

  String nextSegmentName(String kind) {
    return kind + (segments.size() + 1);
  }

  SimHost host(String name) {
    SimHost host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException(
          "there is no host named " + name + ", only " + hosts.keySet());
    }
    return host;
  }

  SimNetwork segment(String name) {
    SimNetwork segment = segments.get(name);
    if (segment == null) {
      throw new IllegalArgumentException(
          "there is no segment named " + name + ", only " + segments.keySet());
    }
    return segment;
  }

  SimNetwork newSegment(String name, Cidr cidr, @Nullable Fabric fabric) {
    if (segments.containsKey(name)) {
      throw new IllegalArgumentException("there is a segment named " + name + " already");
    }
    SimNetwork segment = new SimNetwork(simulation, name, cidr, segments.size() + 1, fabric);
    segments.put(name, segment);
    return segment;
  }

  SimHost newHost(String name) {
    claim(name);
    SimHost host = new SimHost(simulation, name);
    hosts.put(name, host);
    return host;
  }

  SimClient newClient(String name, SimNetwork network, IpAddress address) {
    claim(name);
    return new SimClient(simulation, name, network, address);
  }

  private void claim(String name) {
    if (name.isBlank() || !stations.add(name)) {
      throw new IllegalArgumentException(
          "names of hosts and clients are unique and not blank: \"" + name + "\"");
    }
  }
}

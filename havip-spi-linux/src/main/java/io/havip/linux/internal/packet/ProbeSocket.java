package io.havip.linux.internal.packet;

import io.havip.linux.internal.loop.EventLoop;
import io.havip.linux.internal.loop.Source;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Hears the answers to the probes of one interface and family, while there are any. */
abstract sealed class ProbeSocket implements Source permits ArpSocket, NeighborSocket {

  /** The bound of one drain: a flood of ARP must not keep the loop from its other work. */
  private static final int FRAMES_PER_DRAIN = 4096;

  private final EventLoop loop;
  private final Map<IpAddress, List<Probe>> probes = new LinkedHashMap<>();

  ProbeSocket(EventLoop loop) {
    this.loop = loop;
  }

  /**
   * Receives one packet and tells who claims which address.
   *
   * @return a negated error if none was there
   */
  abstract int receive(BiConsumer<IpAddress, MacAddress> claim);

  /** Closes the descriptor. */
  abstract void closeDescriptor(SlowClose slowly);

  final void add(Probe probe) {
    if (probes.isEmpty()) {
      loop.add(this);
    }
    probes.computeIfAbsent(probe.address(), a -> new ArrayList<>()).add(probe);
  }

  /** Takes out a probe and says whether it was the last one. */
  final boolean remove(Probe probe) {
    List<Probe> same = probes.get(probe.address());
    if (same != null && same.remove(probe) && same.isEmpty()) {
      probes.remove(probe.address());
    }
    return probes.isEmpty();
  }

  @Override
  public final void drain(long until) {
    for (int i = 0; i < FRAMES_PER_DRAIN && !probes.isEmpty(); i++) {
      if (receive(this::claimed) < 0) {
        return;
      }
    }
  }

  private void claimed(IpAddress address, MacAddress neighbour) {
    List<Probe> asking = probes.get(address);
    if (asking != null) {
      for (Probe probe : List.copyOf(asking)) {
        probe.claimedBy(neighbour);
      }
    }
  }

  final void abandonAll(SlowClose slowly) {
    probes.values().forEach(same -> same.forEach(Probe::abandon));
    close(slowly);
  }

  final void close(SlowClose slowly) {
    probes.clear();
    loop.remove(this);
    closeDescriptor(slowly);
  }
}

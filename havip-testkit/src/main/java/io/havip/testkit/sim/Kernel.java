package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import io.havip.spi.Link.LinkAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kernel of a host: its clock, its interfaces, and what happens when a process ends. */
final class Kernel {

  private final SimHost host;
  private final Engine engine;
  private final Map<String, Nic> nics = new LinkedHashMap<>();
  private final Map<IpAddress, SimProcess> reserved = new HashMap<>();
  private final Set<IpAddress> refused = new HashSet<>();
  private final List<Event> parked = new ArrayList<>();
  private @Nullable SimProcess process;
  private boolean on = true;
  private boolean frozen;
  private long frozenSince;
  private long frozenTotal;

  Kernel(SimHost host, Engine engine) {
    this.host = host;
    this.engine = engine;
  }

  SimHost host() {
    return host;
  }

  Engine engine() {
    return engine;
  }

  String name() {
    return host.name();
  }

  Collection<Nic> nics() {
    return nics.values();
  }

  @Nullable Nic nic(String name) {
    Nic nic = nics.get(name);
    return nic == null || !nic.present() ? null : nic;
  }

  /** The interface of that name, also while it is unplugged. */
  @Nullable Nic slot(String name) {
    return nics.get(name);
  }

  int nextIndex() {
    return nics.size() + 1;
  }

  void add(Nic nic) {
    if (nics.putIfAbsent(nic.name(), nic) != null) {
      throw new IllegalArgumentException(name() + " already has an interface " + nic.name());
    }
    if (nic.network != null) {
      nic.network.plugIn(nic, nic.name(), nic.addresses().getFirst().address());
    }
    announceChange(nic);
  }

  @Nullable SimProcess process() {
    return process;
  }

  void process(@Nullable SimProcess value) {
    process = value;
  }

  /** Whether it works: neither without power nor frozen. */
  boolean alive() {
    return on && !frozen;
  }

  boolean on() {
    return on;
  }

  boolean frozen() {
    return frozen;
  }

  /** The monotonic clock: virtual time without the time spent frozen. */
  long now() {
    return (frozen ? frozenSince : engine.now()) - frozenTotal;
  }

  /** What the host knows of the time spent frozen. */
  long slept() {
    return host.countsSleep() ? frozenTotal : 0;
  }

  /** When the simulation's clock will show what this host's clock shows at {@code at}. */
  long engineTime(long at) {
    return at > Long.MAX_VALUE - frozenTotal ? Long.MAX_VALUE : at + frozenTotal;
  }

  /** Whether an address is on any interface; Linux answers for it on all of them. */
  boolean has(IpAddress address) {
    for (Nic nic : nics.values()) {
      if (nic.present() && nic.has(address)) {
        return true;
      }
    }
    return false;
  }

  /** Whether packets to an address are for this host, and it takes them in. */
  boolean accepts(IpAddress address) {
    return has(address) && !refused.contains(address);
  }

  /** Lets the host drop packets to an address, or not any more. */
  void accept(IpAddress address, boolean accepted) {
    if (accepted ? refused.remove(address) : refused.add(address)) {
      note(TraceKind.ADDRESS, "packets to " + address + (accepted ? " accepted" : " refused"));
    }
  }

  /** Nothing that a process has asked for is refused any more. */
  void acceptAll() {
    refused.clear();
  }

  /** Whether neighbours that ask for an address get an answer, cables apart. */
  boolean answers(IpAddress address) {
    for (Nic nic : nics.values()) {
      if (nic.network != null && nic.connected()) {
        return has(address);
      }
    }
    return false;
  }

  /** Keeps an event that is due while the clock stands still until it runs again. */
  void park(Event event) {
    parked.add(event);
  }

  void unpark(Event event) {
    parked.remove(event);
  }

  void freeze() {
    frozen = true;
    frozenSince = engine.now();
    changed();
  }

  void thaw() {
    frozenTotal += engine.now() - frozenSince;
    frozen = false;
    List<Event> waiting = List.copyOf(parked);
    parked.clear();
    for (Event event : waiting) {
      engine.postpone(event, engine.now());
    }
    changed();
  }

  /**
   * The power goes: the process, the neighbour caches and every address that was added are lost.
   */
  void powerOff() {
    parked.clear();
    if (frozen) {
      thaw();
    }
    on = false;
    SimProcess running = process;
    process = null;
    if (running != null) {
      running.die();
    }
    for (Nic nic : nics.values()) {
      nic.reset();
    }
    acceptAll();
    changed();
  }

  void powerOn() {
    on = true;
    changed();
  }

  /** Gives an address to a process of this host; false if it is taken. */
  boolean reserve(IpAddress address, SimProcess by) {
    return reserved.putIfAbsent(address, by) == null;
  }

  void release(IpAddress address, SimProcess by) {
    reserved.remove(address, by);
  }

  /** A process has ended: what it had reserved is free. */
  void releaseAll(SimProcess by) {
    reserved.values().removeIf(holder -> holder == by);
  }

  /** Puts an address on an interface unless it is there. */
  void addAddress(Nic nic, LinkAddress address, String by) {
    if (nic.add(address)) {
      note(TraceKind.ADDRESS, text(address) + " added to " + nic.name() + " by " + by);
      announceChange(nic);
    }
  }

  /** Takes an address off an interface if it is there, and tells the process if it was not it. */
  void removeAddress(Nic nic, LinkAddress address, String by, boolean byProcess) {
    if (!nic.remove(address)) {
      return;
    }
    note(TraceKind.ADDRESS, text(address) + " removed from " + nic.name() + " by " + by);
    announceChange(nic);
    if (process != null && !byProcess) {
      process.platform().addresses().lost(nic, address);
    }
  }

  void setUp(Nic nic, boolean up) {
    if (nic.setUp(up)) {
      note(TraceKind.LINK, nic.name() + (up ? " is up" : " is down"));
      announceChange(nic);
    }
  }

  void unplug(Nic nic) {
    if (nic.present()) {
      nic.unplug();
      note(TraceKind.LINK, nic.name() + " is gone");
      announceChange(nic);
    }
  }

  void replug(Nic nic) {
    if (!nic.present()) {
      nic.replug();
      note(TraceKind.LINK, nic.name() + " is back");
      announceChange(nic);
    }
  }

  void note(TraceKind kind, String detail) {
    if (engine.trace.on()) {
      engine.note(name(), kind, detail);
    }
  }

  /** Tells the observers of all segments that this host may answer differently now. */
  void changed() {
    for (Nic nic : nics.values()) {
      if (nic.network != null) {
        nic.network.changed();
      }
    }
  }

  private void announceChange(Nic nic) {
    changed();
    if (process != null) {
      process.platform().links().changed(nic);
    }
  }

  private static String text(LinkAddress address) {
    return address.address() + "/" + address.prefixLength();
  }
}

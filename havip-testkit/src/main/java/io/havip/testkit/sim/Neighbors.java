package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The neighbour cache of an interface. As in Linux, what an announcement says replaces an entry but
 * never makes one, a question does, and packets wait while an address is asked for. Entries do not
 * age.
 */
final class Neighbors {

  /** Packets that wait for one address; more push out the oldest. */
  private static final int WAITING = 100;

  private static final int ATTEMPTS = 3;
  private static final long RETRY = 1_000_000_000L;

  private final Nic nic;
  private final Engine engine;
  private final Map<IpAddress, Entry> entries = new HashMap<>();

  Neighbors(Nic nic, Engine engine) {
    this.nic = nic;
    this.engine = engine;
  }

  void send(Datagram datagram) {
    Entry entry = entries.get(datagram.destination);
    if (entry == null) {
      entry = new Entry(datagram.destination);
      entries.put(datagram.destination, entry);
    }
    if (entry.mac != null) {
      nic.transmit(new Frame.Message(entry.mac, datagram));
      return;
    }
    if (entry.waiting.size() == WAITING) {
      entry.waiting.removeFirst();
    }
    entry.waiting.add(datagram);
    if (!entry.pending()) {
      entry.since = engine.now();
      entry.ask();
      lateUnlessArrived();
    }
  }

  /** A neighbour that asked for an address of this host will be answered, so its entry is made. */
  void add(IpAddress address, MacAddress mac) {
    if (!address.isUnspecified()) {
      entries.computeIfAbsent(address, Entry::new).mac = mac;
    }
  }

  /** A neighbour said where an address is. */
  void learn(IpAddress address, MacAddress mac) {
    Entry entry = entries.get(address);
    if (entry != null) {
      boolean waited = entry.mac == null;
      entry.mac = mac;
      entry.attempts = 0;
      engine.cancel(entry);
      if (waited) {
        entry.sent = engine.now();
        settled();
        lateUnlessArrived(); // what waited is under way now, and late perhaps
      }
      List<Datagram> waiting = List.copyOf(entry.waiting);
      entry.waiting.clear();
      for (Datagram datagram : waiting) {
        nic.transmit(new Frame.Message(mac, datagram));
      }
    }
  }

  /**
   * Whether packets for a port wait until somebody says where its addresses are, or have waited.
   *
   * @param since since then or longer
   * @param sent if they have waited: whether they left after that
   */
  boolean waitsFor(Nic other, long since, long sent) {
    for (Entry entry : entries.values()) {
      if (entry.since <= since
          && (entry.mac == null || entry.sent > sent)
          && other.has(entry.address)) {
        return true;
      }
    }
    return false;
  }

  /** From now on words should arrive within the longest delay. */
  private void lateUnlessArrived() {
    Watch watch = engine.watch();
    if (watch != null) {
      watch.wordsWait();
    }
  }

  private void settled() {
    Watch watch = engine.watch();
    if (watch != null) {
      watch.compare();
    }
  }

  /** Forgets everything, as when the link goes down. */
  void clear() {
    for (Entry entry : entries.values()) {
      engine.cancel(entry);
    }
    entries.clear();
  }

  /** An address, and as an event the moment to ask for it again. */
  private final class Entry extends Event {

    private final IpAddress address;
    private final List<Datagram> waiting = new ArrayList<>();
    private @Nullable MacAddress mac;
    private int attempts;
    private long since;
    private long sent = Long.MIN_VALUE;

    Entry(IpAddress address) {
      this.address = address;
    }

    void ask() {
      attempts++;
      engine.schedule(this, engine.now() + RETRY);
      nic.solicit(address);
    }

    @Override
    void fire() {
      if (attempts < ATTEMPTS) {
        ask();
        return;
      }
      if (engine.trace.on() && !waiting.isEmpty()) {
        engine.note(
            nic.owner,
            TraceKind.DROP,
            waiting.size() + " packets for " + address + ": nobody answers for it");
      }
      entries.remove(address);
      settled();
    }

    @Override
    public String label() {
      return "the question of " + nic.owner + " for " + address;
    }
  }
}

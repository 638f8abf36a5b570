package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.RouterSnapshot.RefusalCount;
import io.havip.net.IpAddress;
import io.havip.wire.Refusal;
import io.havip.wire.RefusalReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts refused packets by peer and reason. Everything is counted; an event is published for the
 * first packet and then at most once in ten seconds. Bounded: a flood of invented senders must not
 * fill the memory, so that senders beyond the bound share one entry a reason.
 */
final class RefusalLedger {

  private static final int MAX_ENTRIES = 512;

  private final String subject;
  private final Events events;
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  RefusalLedger(String subject, Events events) {
    this.subject = subject;
    this.events = events;
  }

  void refuse(IpAddress peer, Refusal refusal) {
    count(peer, refusal, true);
  }

  /** Counts a packet that is nobody's fault, such as another group's on the same link: no event. */
  void ignore(IpAddress peer, Refusal refusal) {
    count(peer, refusal, false);
  }

  List<RefusalCount> counts() {
    return entries.entrySet().stream()
        .map(e ->
            new RefusalCount(
                e.getKey().peer(),
                e.getKey().reason(),
                e.getValue().count,
                e.getValue().last,
                e.getValue().example.explain()))
        .toList();
  }

  private void count(IpAddress peer, Refusal refusal, boolean report) {
    events.flight().refused(subject, peer, refusal);
    HavipEvent.At now = events.now();
    Entry entry = entry(new Key(peer, refusal.reason()), refusal);
    entry.count++;
    entry.last = now.wall();
    entry.example = refusal;
    if (report && entry.events.passes(now.nanos())) {
      events.publish(new HavipEvent.AdvertRefused(now, subject, peer, refusal, entry.count));
    }
  }

  private Entry entry(Key key, Refusal refusal) {
    Entry known = entries.get(key);
    if (known != null) {
      return known;
    }
    Key kept =
        entries.size() < MAX_ENTRIES
            ? key
            : new Key(Addresses.unspecified(key.peer().family()), key.reason());
    return entries.computeIfAbsent(kept, k -> new Entry(refusal));
  }

  private record Key(IpAddress peer, RefusalReason reason) {}

  private static final class Entry {
    private long count;
    private final RateLimit events = new RateLimit();
    private Instant last = Instant.EPOCH;
    private Refusal example;

    private Entry(Refusal example) {
      this.example = example;
    }
  }
}

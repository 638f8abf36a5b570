package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.RouterSnapshot;
import io.havip.net.IpAddress;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpParse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose adverts were accepted. Bounded: in multicast anybody on the link may send, so that senders
 * beyond the bound share one entry.
 */
final class PeerLedger {

  private static final int MAX_PEERS = 256;

  private final String subject;
  private Set<IpAddress> addresses;
  private final Events events;
  private final Map<IpAddress, Entry> peers = new LinkedHashMap<>();

  /**
   * Nobody yet.
   *
   * @param addresses what adverts should carry
   */
  PeerLedger(String subject, Set<IpAddress> addresses, Events events) {
    this.subject = subject;
    this.addresses = addresses;
    this.events = events;
  }

  /** Adverts should carry other addresses from now on. */
  void expect(Set<IpAddress> others) {
    addresses = others;
  }

  /**
   * Counts an accepted advert.
   *
   * @param sameAddresses whether it carries what is configured here
   */
  void accepted(IpAddress peer, VrrpParse.Accepted parsed, boolean sameAddresses) {
    Entry entry = entry(peer);
    entry.count++;
    entry.lastNanos = events.nanos();
    entry.advert = parsed.advert();
    entry.forms.computeIfAbsent(parsed.form(), form -> new Tally()).count++;
    if (!sameAddresses) {
      differ(peer, entry, parsed.advert());
    }
  }

  private void differ(IpAddress peer, Entry entry, VrrpAdvert advert) {
    HavipEvent.At now = events.now();
    entry.otherAddresses++;
    if (!entry.differences.passes(now.nanos())) {
      return;
    }
    List<IpAddress> theirs = advert.addresses();
    events.publish(
        new HavipEvent.AddressesDiffer(
            now,
            subject,
            peer,
            addresses.stream().filter(a -> !theirs.contains(a)).sorted().toList(),
            theirs.stream().filter(a -> !addresses.contains(a)).toList(),
            entry.otherAddresses));
  }

  List<RouterSnapshot.Peer> peers() {
    HavipEvent.At now = events.now();
    return peers.entrySet().stream().map(e -> e.getValue().snapshot(e.getKey(), now)).toList();
  }

  private Entry entry(IpAddress peer) {
    Entry known = peers.get(peer);
    if (known != null) {
      return known;
    }
    IpAddress kept = peers.size() < MAX_PEERS ? peer : Addresses.unspecified(peer.family());
    return peers.computeIfAbsent(kept, p -> new Entry());
  }

  /** A count that changes in place: one of these is due for every advert. */
  private static final class Tally {
    private long count;
  }

  private static final class Entry {
    private final Map<ChecksumForm, Tally> forms = new EnumMap<>(ChecksumForm.class);
    private long count;
    private long otherAddresses;
    private final RateLimit differences = new RateLimit();
    private long lastNanos;
    private @Nullable VrrpAdvert advert;

    /** The clock of the wall is read for those who look, not for each advert. */
    private RouterSnapshot.Peer snapshot(IpAddress peer, HavipEvent.At now) {
      VrrpAdvert seen = advert;
      return new RouterSnapshot.Peer(
          peer,
          count,
          now.wall().minusNanos(now.nanos() - lastNanos),
          seen == null ? 0 : seen.priority(),
          Duration.ofMillis(seen == null ? 0 : seen.intervalCentiseconds() * 10L),
          counted(),
          otherAddresses);
    }

    private Map<ChecksumForm, Long> counted() {
      Map<ChecksumForm, Long> counts = new EnumMap<>(ChecksumForm.class);
      forms.forEach((form, tally) -> counts.put(form, tally.count));
      return counts;
    }
  }
}

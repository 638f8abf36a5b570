package io.havip.examples.stage;

import io.havip.core.check.Sighting;
import io.havip.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whose kernels answer for an address, from when on.
 *
 * <p>Two timelines are the same within ε if what one of them shows for longer than ε, the other one
 * shows too, at each of those instants or no further away from it than ε.
 */
final class HolderTimeline {

  private static final long STEP = 1_000_000L;

  private final NavigableMap<Long, Set<String>> holders = new TreeMap<>();

  private HolderTimeline() {
    holders.put(Long.MIN_VALUE, Set.of());
  }

  /** Reads it from what was seen, in the order of time. */
  static HolderTimeline of(List<Sighting> sightings, IpAddress address) {
    HolderTimeline timeline = new HolderTimeline();
    Set<String> now = new TreeSet<>();
    for (Sighting sighting : sightings) {
      if (sighting instanceof Sighting.Address change && change.address().equals(address)) {
        if (change.answers() ? now.add(change.member()) : now.remove(change.member())) {
          timeline.holders.put(change.at(), Set.copyOf(now));
        }
      }
    }
    return timeline;
  }

  Set<String> at(long time) {
    return holders.floorEntry(time).getValue();
  }

  /** The same on another clock: the times in {@code from} become those in {@code to}. */
  HolderTimeline mapped(List<Long> from, List<Long> to) {
    HolderTimeline mapped = new HolderTimeline();
    holders.forEach((time, who) -> {
      if (time != Long.MIN_VALUE) {
        int part = 0;
        while (part + 1 < from.size() && from.get(part + 1) <= time) {
          part++;
        }
        mapped.holders.put(time - from.get(part) + to.get(part), who);
      }
    });
    return mapped;
  }

  /** Where the two differ by more than ε within a span, in words; empty if nowhere. */
  Optional<String> differsFrom(HolderTimeline other, long from, long to, Duration epsilon) {
    for (long time = from; time <= to; time += STEP) {
      boolean same =
          (!lasts(time, epsilon) || other.shows(at(time), time, epsilon))
              && (!other.lasts(time, epsilon) || shows(other.at(time), time, epsilon));
      if (!same) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "at %.3f s one shows %s, the other %s",
                time / 1e9,
                at(time),
                other.at(time)));
      }
    }
    return Optional.empty();
  }

  /** Whether what is shown at a time is shown for longer than ε. */
  private boolean lasts(long time, Duration epsilon) {
    long from = holders.floorKey(time);
    Long next = holders.higherKey(time);
    return next == null || from == Long.MIN_VALUE || next - from > epsilon.toNanos();
  }

  private boolean shows(Set<String> wanted, long time, Duration epsilon) {
    long first = time - epsilon.toNanos();
    long last = time + epsilon.toNanos();
    return at(first).equals(wanted)
        || holders.subMap(first, true, last, true).values().stream().anyMatch(wanted::equals);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    holders.forEach((time, who) -> {
      if (time != Long.MIN_VALUE) {
        parts.add(String.format(Locale.ROOT, "%.3f %s", time / 1e9, new TreeSet<>(who)));
      }
    });
    return String.join(", ", parts);
  }
}

package io.havip.testkit.report;

import io.havip.core.check.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pairs begins with ends. */
final class Spells {

  /**
   * A length of time during which something was so.
   *
   * @param from its begin
   * @param to its end, or that of the run
   * @param begun the sighting that began it
   */
  record Spell<T extends Sighting>(long from, long to, T begun) {

    /** Whether it lasts at a moment. */
    boolean covers(long at) {
      return from <= at && at < to;
    }
  }

  /** Does not depend on the order of a hash map. */
  private static final Comparator<Spell<?>> ORDER =
      Comparator.<Spell<?>>comparingLong(Spell::from).thenComparing(s -> s.begun().toString());

  private Spells() {}

  /** Troubles, in the order of their begin. */
  static List<Spell<Sighting.Trouble>> troubles(List<Sighting> sightings, long end) {
    Map<Object, Sighting.Trouble> open = new HashMap<>();
    List<Spell<Sighting.Trouble>> spells = new ArrayList<>();
    for (Sighting each : sightings) {
      if (each instanceof Sighting.Trouble trouble) {
        Object key = List.of(trouble.kind(), trouble.members());
        if (trouble.begins()) {
          open.putIfAbsent(key, trouble);
        } else {
          close(open.remove(key), trouble.at(), spells);
        }
      }
    }
    open.values().forEach(begun -> close(begun, end, spells));
    spells.sort(ORDER);
    return spells;
  }

  /** Times during which a member answered for an address, in the order of their begin. */
  static List<Spell<Sighting.Address>> answering(List<Sighting> sightings, long end) {
    Map<Object, Sighting.Address> open = new HashMap<>();
    List<Spell<Sighting.Address>> spells = new ArrayList<>();
    for (Sighting each : sightings) {
      if (each instanceof Sighting.Address address) {
        Object key = List.of(address.member(), address.address());
        if (address.answers()) {
          open.putIfAbsent(key, address);
        } else {
          close(open.remove(key), address.at(), spells);
        }
      }
    }
    open.values().forEach(begun -> close(begun, end, spells));
    spells.sort(ORDER);
    return spells;
  }

  private static <T extends Sighting> void close(
      @Nullable T begun, long to, List<Spell<T>> spells) {
    if (begun != null) {
      spells.add(new Spell<>(begun.at(), to, begun));
    }
  }
}

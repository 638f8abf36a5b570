package io.havip.core.keepalived;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a configuration comes to, in words that both sides can be brought to.
 *
 * @param verdict whether it is used, and whether anything was said against it
 * @param routers the virtual routers by name, each as values by aspect
 */
record Effect(Verdict verdict, SortedMap<String, SortedMap<String, String>> routers) {

  /** What is compared only where the script itself is tracked alike. */
  private static final Set<String> OF_A_SCRIPT =
      Set.of("command", "interval", "timeout", "rise", "fall");

  enum Verdict {
    CLEAN,
    WARNED,
    REFUSED,
    /** The program did not return. */
    HANGS,
    /** The program ended without a verdict. */
    UNKNOWN
  }

  private boolean used() {
    return verdict != Verdict.REFUSED && verdict != Verdict.HANGS;
  }

  /**
   * The aspects in which two effects differ, each with both values. Values are compared if both
   * sides use the file, and for virtual routers that both have.
   */
  SortedMap<String, String> differences(Effect other) {
    SortedMap<String, String> found = new TreeMap<>();
    if (verdict != Verdict.UNKNOWN && other.verdict != Verdict.UNKNOWN) {
      compare("verdict", verdict.toString(), other.verdict.toString(), found);
    }
    if (!used() || !other.used()) {
      return found;
    }
    compare("instances", names(routers.keySet()), names(other.routers.keySet()), found);
    routers.forEach((name, values) -> {
      SortedMap<String, String> others = other.routers.get(name);
      if (others != null) {
        Set<String> aspects = new TreeSet<>(values.keySet());
        aspects.addAll(others.keySet());
        if (!get(values, "track_script").equals(get(others, "track_script"))) {
          aspects.removeAll(OF_A_SCRIPT);
        }
        aspects.forEach(a -> compare(a, get(values, a), get(others, a), found));
      }
    });
    return found;
  }

  private static String names(Collection<String> names) {
    return String.join(" ", names);
  }

  private static String get(Map<String, String> values, String aspect) {
    return values.getOrDefault(aspect, "");
  }

  private static void compare(
      String aspect, String one, String other, SortedMap<String, String> found) {
    if (!one.equals(other)) {
      found.put(aspect, "ours " + one + ", Keepalived's " + other);
    }
  }
}

package io.havip.vpc;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the constructors of this package check. */
final class Checks {

  private static final int LONGEST_ID = 64;

  private Checks() {}

  static void id(String kind, String value) {
    boolean good = !value.isEmpty() && value.length() <= LONGEST_ID;
    for (int i = 0; good && i < value.length(); i++) {
      good = value.charAt(i) > ' ' && value.charAt(i) < 0x7f;
    }
    if (!good) {
      throw new IllegalArgumentException(
          "'" + value + "' is not the id of a " + kind + ": it needs 1 to 64 visible characters");
    }
  }

  /** A copy that keeps the order, which {@link Set#copyOf} does not. */
  static <T> Set<T> copy(Collection<T> elements) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(elements));
  }
}

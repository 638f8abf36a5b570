package io.havip.core.vpc;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The names of all rules, read from the types. */
final class Rules {

  private Rules() {}

  static Set<String> all() {
    Set<String> names = new TreeSet<>();
    collect(VpcRefusal.class, names);
    return names;
  }

  private static void collect(Class<?> type, Set<String> names) {
    if (type.isRecord()) {
      String name = type.getSimpleName().replaceAll("([a-z])([A-Z])", "$1-$2");
      names.add(name.toLowerCase(Locale.ROOT));
    } else {
      List.of(type.getPermittedSubclasses()).forEach(each -> collect(each, names));
    }
  }
}

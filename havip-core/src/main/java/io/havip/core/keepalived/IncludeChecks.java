package io.havip.core.keepalived;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Which includes that find nothing are errors: {@code include_check} and the include variants. */
final class IncludeChecks {

  enum Check {
    /** A match is not a regular file that can be read. */
    READABLE,
    /** A name without wildcard has no file. */
    MATCH,
    /** A name or a pattern has no file. */
    WILDCARD_MATCH,
    /** One of the names in braces has no file. */
    BRACE_MATCH
  }

  /** The include keywords and what each of them adds to the checks in force. */
  static final Map<String, Set<Check>> VARIANTS =
      Map.of(
          "include", Set.of(),
          "includer", Set.of(Check.READABLE),
          "includem", Set.of(Check.READABLE, Check.MATCH),
          "includew", Set.of(Check.READABLE, Check.WILDCARD_MATCH),
          "includeb", Set.of(Check.READABLE, Check.BRACE_MATCH),
          "includea", Set.of(Check.values()));

  private IncludeChecks() {}

  /**
   * The checks after an {@code include_check} line.
   *
   * @param current the checks before it
   * @param options its words; none for all checks, and with {@code +} or {@code -} to add or remove
   * @param unknown called with each word that is no check
   */
  static Set<Check> changed(Set<Check> current, List<Word> options, Consumer<Word> unknown) {
    if (options.isEmpty()) {
      return EnumSet.allOf(Check.class);
    }
    boolean relative =
        options.getFirst().text().startsWith("+") || options.getFirst().text().startsWith("-");
    Set<Check> checks = EnumSet.noneOf(Check.class);
    if (relative) {
      checks.addAll(current);
    }
    for (Word option : options) {
      boolean remove = option.text().startsWith("-");
      String name =
          remove || option.text().startsWith("+") ? option.text().substring(1) : option.text();
      Check check =
          switch (name) {
            case "readable" -> Check.READABLE;
            case "match" -> Check.MATCH;
            case "wildcard_match" -> Check.WILDCARD_MATCH;
            case "brace_match" -> Check.BRACE_MATCH;
            default -> null;
          };
      if (check == null) {
        unknown.accept(option);
      } else if (remove) {
        checks.remove(check);
      } else {
        checks.add(check);
        checks.add(Check.READABLE); // the other checks include it
      }
    }
    return checks;
  }
}

package io.havip.testkit.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.function.Function;

/** The words of one line, taken from the left. What is wrong is thrown with its rule. */
final class WordsOfLine {

  private final List<String> words = new ArrayList<>();
  private int at;

  WordsOfLine(String line) {
    StringTokenizer all = new StringTokenizer(line);
    while (all.hasMoreTokens()) {
      String word = all.nextToken();
      if (word.startsWith("#")) {
        return;
      }
      words.add(word);
    }
  }

  boolean more() {
    return at < words.size();
  }

  /** The next word, which must be there. */
  String next(String what) {
    if (!more()) {
      throw new IllegalArgumentException(
          words.isEmpty() ? what + " is missing" : what + " is missing after " + words.getLast());
    }
    return words.get(at++);
  }

  /** The next word in the form that a parser knows. */
  <T> T next(String what, Function<String, T> parser) {
    String word = next(what);
    try {
      return parser.apply(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + " is a number, not " + word, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
  }

  int number(String what) {
    return next(what, Integer::valueOf);
  }

  double probability(String what) {
    return next(what, Double::valueOf);
  }

  Duration length(String what) {
    return next(what, Lengths::parse);
  }

  <E extends Enum<E>> E one(String what, Class<E> kind) {
    String word = next(what);
    for (E each : kind.getEnumConstants()) {
      if (word.equals(of(each))) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        what
            + " is one of "
            + List.of(kind.getEnumConstants()).stream().map(WordsOfLine::of).toList()
            + ", not "
            + word);
  }

  /** An enum constant as a word of a file. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All words that are left. */
  List<String> rest() {
    List<String> rest = List.copyOf(words.subList(at, words.size()));
    at = words.size();
    return rest;
  }

  void end() {
    if (more()) {
      throw new IllegalArgumentException("nobody expects \"" + words.get(at) + "\" here");
    }
  }
}

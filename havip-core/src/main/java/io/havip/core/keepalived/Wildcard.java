package io.havip.core.keepalived;

import java.util.ArrayList;
import java.util.List;

/** The patterns of {@code include}: csh braces, and {@code * ? [a-z]} as glob(3) matches them. */
final class Wildcard {

  /** Braces multiply; no real include names that many files. */
  private static final int MOST_ALTERNATIVES = 1000;

  private Wildcard() {}

  /**
   * Expands {@code {a,b}} in the order written, nested ones too. Braces that do not pair are taken
   * as they stand.
   */
  static List<String> braces(String pattern) {
    List<String> done = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(pattern));
    while (!open.isEmpty() && done.size() < MOST_ALTERNATIVES) {
      String first = open.removeFirst();
      List<String> expanded = expandFirst(first);
      if (expanded.isEmpty()) {
        done.add(first);
      } else if (open.size() < MOST_ALTERNATIVES) {
        open.addAll(0, expanded);
      }
    }
    return done;
  }

  private static List<String> expandFirst(String pattern) {
    int start = -1;
    int depth = 0;
    int from = 0;
    List<String> alternatives = new ArrayList<>();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        if (depth++ == 0) {
          start = i;
          from = i + 1;
        }
      } else if (depth == 1 && (c == ',' || c == '}')) {
        alternatives.add(pattern.substring(from, i));
        from = i + 1;
        if (c == '}') {
          String head = pattern.substring(0, start);
          String tail = pattern.substring(from);
          return alternatives.stream().map(a -> head + a + tail).toList();
        }
      } else if (c == '}' && depth > 0) {
        depth--;
      }
    }
    return List.of();
  }

  /** Whether a part of a path is a pattern. */
  static boolean isIn(String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?' || c == '[') {
        return true;
      }
    }
    return false;
  }

  /** The text without the backslashes that protect what follows them. */
  static String unescape(String part) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < part.length(); i++) {
      if (part.charAt(i) == '\\' && i + 1 < part.length()) {
        i++;
      }
      plain.append(part.charAt(i));
    }
    return plain.toString();
  }

  /** Whether a pattern without braces and slashes matches a whole file name. */
  static boolean matches(String pattern, String name) {
    if (name.startsWith(".") && !pattern.startsWith(".")) {
      return false; // hidden files want to be named
    }
    // The usual backtracking over the last star alone: linear in practice, never exponential.
    int p = 0;
    int n = 0;
    int star = -1;
    int starName = 0;
    while (n < name.length()) {
      int next = p < pattern.length() ? matchOne(pattern, p, name.charAt(n)) : -1;
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        starName = n;
      } else if (next > 0) {
        p = next;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++starName;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** The index behind the pattern element at {@code p} if it matches the character, or -1. */
  private static int matchOne(String pattern, int p, char c) {
    char element = pattern.charAt(p);
    if (element == '?') {
      return p + 1;
    }
    if (element == '\\' && p + 1 < pattern.length()) {
      return pattern.charAt(p + 1) == c ? p + 2 : -1;
    }
    if (element == '[') {
      int close = pattern.indexOf(']', p + 2);
      if (close > 0) {
        return inSet(pattern.substring(p + 1, close), c) ? close + 1 : -1;
      }
    }
    return element == c ? p + 1 : -1;
  }

  private static boolean inSet(String set, char c) {
    boolean inverted = set.startsWith("^") || set.startsWith("!");
    boolean found = false;
    for (int i = inverted ? 1 : 0; i < set.length(); i++) {
      boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
      char to = range ? set.charAt(i + 2) : set.charAt(i);
      found |= c >= set.charAt(i) && c <= to;
      i += range ? 2 : 0;
    }
    return found != inverted;
  }
}

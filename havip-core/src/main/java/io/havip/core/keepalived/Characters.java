package io.havip.core.keepalived;

/** The character classes of the grammar, which are C's and therefore ASCII. */
final class Characters {

  private Characters() {}

  /** C's isspace: blank, tab, line feed, vertical tab, form feed, carriage return. */
  static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static boolean isNameStart(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  }

  static boolean isName(int c) {
    return isNameStart(c) || (c >= '0' && c <= '9');
  }
}

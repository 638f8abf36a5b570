package io.havip.testkit.scenario;

import java.util.regex.Pattern;

/** What a station may be called: a word that a file can hold. */
final class Names {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,31}");

  private Names() {}

  static void require(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a station is named by a letter and up to 31 letters, digits, _, . and -, not \""
              + name
              + "\"");
    }
  }
}

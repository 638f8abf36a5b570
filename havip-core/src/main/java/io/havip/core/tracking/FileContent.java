package io.havip.core.tracking;

import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a reading of a value file found. */
public sealed interface FileContent {

  /** {@return why this is no number within 32 bits, or nothing if it is one} */
  String complaint();

  /**
   * There was nothing to read.
   *
   * @param complaint why
   */
  record Unreadable(String complaint) implements FileContent {}

  /**
   * The start of the file.
   *
   * @param text as it stands there
   */
  record Text(String text) implements FileContent {

    /** A number as C's strtol finds it with base 0; what follows does not count. */
    private static final Pattern NUMBER =
        Pattern.compile(
            "[ \\t\\n\\x0B\\f\\r]*+(?<sign>[+-]?)"
                + "(?:0[xX](?<hex>[0-9a-fA-F]++)|0(?<octal>[0-7]*+)|(?<decimal>[1-9][0-9]*+))");

    /** {@return whether the file holds nothing at all} */
    public boolean isEmpty() {
      return text.isEmpty();
    }

    /** {@return the number, 0 if there is none, or nothing if it is beyond 32 bits} */
    public OptionalInt number() {
      Matcher matcher = NUMBER.matcher(text);
      if (!matcher.lookingAt()) {
        return OptionalInt.of(0);
      }
      BigInteger size = magnitude(matcher);
      BigInteger number = matcher.group("sign").equals("-") ? size.negate() : size;
      return number.bitLength() < Integer.SIZE
          ? OptionalInt.of(number.intValue())
          : OptionalInt.empty();
    }

    private static BigInteger magnitude(Matcher matcher) {
      if (matcher.group("decimal") != null) {
        return new BigInteger(matcher.group("decimal"));
      }
      if (matcher.group("hex") != null) {
        return new BigInteger(matcher.group("hex").toLowerCase(Locale.ROOT), 16);
      }
      return new BigInteger("0" + matcher.group("octal"), 8);
    }

    @Override
    public String complaint() {
      if (isEmpty()) {
        return "the file is empty";
      }
      if (!NUMBER.matcher(text).lookingAt()) {
        return "the file begins with no number";
      }
      return number().isEmpty() ? "the number is beyond 32 bits" : "";
    }
  }
}

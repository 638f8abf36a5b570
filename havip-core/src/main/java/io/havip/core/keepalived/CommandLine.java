package io.havip.core.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits commands as Keepalived does, which is close to a shell: double and single quotes, and
 * backslash escapes in both and outside.
 */
final class CommandLine {

  private CommandLine() {}

  /**
   * The words of a text.
   *
   * @return empty if a quote is not closed
   */
  static Optional<List<String>> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (quote == 0 && Characters.isSpace(c)) {
        if (word != null) {
          words.add(word.toString());
          word = null;
        }
        i++;
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (c == '\\' && i + 1 < text.length()) {
        i = escape(text, i + 1, word);
      } else if (quote == c) {
        quote = 0;
        i++;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        i++;
      } else {
        word.append(c);
        i++;
      }
    }
    if (quote != 0) {
      return Optional.empty();
    }
    if (word != null) {
      words.add(word.toString());
    }
    return Optional.of(words);
  }

  /** Appends what an escape stands for; returns the index behind it. */
  private static int escape(String text, int at, StringBuilder word) {
    char c = text.charAt(at);
    switch (c) {
      case 'a' -> word.append('\u0007');
      case 'b' -> word.append('\b');
      case 'E' -> word.append('\u001b');
      case 'f' -> word.append('\f');
      case 'n' -> word.append('\n');
      case 'r' -> word.append('\r');
      case 't' -> word.append('\t');
      case 'v' -> word.append('\u000b');
      case 'c' -> {
        if (at + 1 < text.length()) {
          word.append((char) (text.charAt(at + 1) & 0x1f));
          return at + 2;
        }
      }
      case 'x' -> {
        return number(text, at + 1, 16, Integer.MAX_VALUE, word);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        return number(text, at, 8, 3, word);
      }
      default -> word.append(c);
    }
    return at + 1;
  }

  private static int number(String text, int from, int radix, int longest, StringBuilder word) {
    int at = from;
    int value = 0;
    while (at < text.length()
        && at - from < longest
        && text.charAt(at) < 0x80
        && Character.digit(text.charAt(at), radix) >= 0) {
      value = (value * radix + Character.digit(text.charAt(at), radix)) & 0xff;
      at++;
    }
    word.append((char) value);
    return at;
  }
}

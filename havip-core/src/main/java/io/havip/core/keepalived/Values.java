package io.havip.core.keepalived;

import io.havip.net.IpAddress;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads values as Keepalived does: decimal numbers in a range, seconds, switches. */
final class Values {

  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

  /** More digits than any range needs; the rest would only cost time. */
  private static final int LONGEST_NUMBER = 30;

  private final Report report;

  Values(Report report) {
    this.report = report;
  }

  /**
   * A whole number in a range.
   *
   * @param usedInstead what the caller uses if this is empty, for the diagnostic
   * @return empty if it was reported that the word is no such number
   */
  OptionalLong whole(Word word, String keyword, long least, long most, String usedInstead) {
    OptionalLong value = whole(word.text());
    if (value.isPresent() && value.getAsLong() >= least && value.getAsLong() <= most) {
      return value;
    }
    String range = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
    report.warn(
        word.at(),
        keyword,
        keyword + " must be a whole number, " + range + ", not " + word.shown(),
        usedInstead);
    return OptionalLong.empty();
  }

  /** A whole number that fits, as C's strtoul reads it, or empty. */
  static OptionalLong whole(String text) {
    String digits = digits(text);
    boolean negative = digits.startsWith("-");
    String plain = negative ? digits.substring(1) : digits;
    boolean good =
        !plain.isEmpty()
            && plain.length() <= LONGEST_NUMBER
            && plain.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!good) {
      return OptionalLong.empty();
    }
    BigDecimal value = new BigDecimal(plain).min(BigDecimal.valueOf(Long.MAX_VALUE));
    return OptionalLong.of(negative ? -value.longValue() : value.longValue());
  }

  /**
   * Seconds with up to six decimals, in microseconds. More decimals are cut off with a warning.
   *
   * @return empty if it was reported that the word is no such number
   */
  OptionalLong micros(Word word, String keyword, String least, String most, String usedInstead) {
    Optional<BigDecimal> value = decimal(word.text());
    boolean good =
        value.isPresent()
            && value.get().compareTo(new BigDecimal(least)) >= 0
            && value.get().compareTo(new BigDecimal(most)) <= 0;
    if (!good) {
      report.warn(
          word.at(),
          keyword,
          keyword + " must be " + least + " to " + most + " seconds, not " + word.shown(),
          usedInstead);
      return OptionalLong.empty();
    }
    BigDecimal cut = value.get().multiply(MICROS).setScale(0, RoundingMode.DOWN);
    int point = word.text().indexOf('.');
    if (point >= 0 && word.text().length() - point > 7) {
      report.warn(
          word.at(), keyword, keyword + " has more than six decimals", seconds(cut.longValue()));
    }
    return OptionalLong.of(cut.longValue());
  }

  private static Optional<BigDecimal> decimal(String text) {
    String digits = digits(text);
    boolean good =
        digits.length() <= LONGEST_NUMBER
            && digits.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')
            && digits.chars().filter(c -> c == '.').count() <= 1
            && digits.chars().anyMatch(c -> c != '.');
    return good ? Optional.of(new BigDecimal("0" + digits)) : Optional.empty();
  }

  /** Without what strtoul passes over: white space before the number and a plus. */
  private static String digits(String text) {
    String stripped = text.stripLeading();
    return stripped.startsWith("+") ? stripped.substring(1) : stripped;
  }

  /** Microseconds as seconds in a message, such as {@code 1.5 s}. */
  static String seconds(long micros) {
    return BigDecimal.valueOf(micros).divide(MICROS).stripTrailingZeros().toPlainString() + " s";
  }

  /**
   * A switch: on if nothing follows the keyword.
   *
   * @return empty if it was reported that the word says neither
   */
  Optional<Boolean> onOff(Node node, String keyword) {
    if (node.arguments().isEmpty()) {
      return Optional.of(true);
    }
    Word word = node.arguments().getFirst();
    return switch (word.text()) {
      case "on", "true", "yes" -> Optional.of(true);
      case "off", "false", "no" -> Optional.of(false);
      default -> {
        report.warn(
            word.at(), keyword, keyword + " must be on or off, not " + word.shown(), "the default");
        yield Optional.empty();
      }
    };
  }

  /** An address literal, or empty. */
  static Optional<IpAddress> address(String text) {
    try {
      return Optional.of(IpAddress.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

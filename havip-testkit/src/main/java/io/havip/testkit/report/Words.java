package io.havip.testkit.report;

import java.util.Locale;

/** Times as the report writes them, and text as HTML wants it. */
final class Words {

  private Words() {}

  /** A length in the unit a person would choose, with three digits after the point. */
  static String length(long nanos) {
    if (nanos >= 1_000_000_000L) {
      return decimal(nanos, 1_000_000_000L) + " s";
    }
    return nanos >= 1_000_000L
        ? decimal(nanos, 1_000_000L) + " ms"
        : decimal(nanos, 1_000L) + " µs";
  }

  private static String decimal(long nanos, long unit) {
    String text = String.format(Locale.ROOT, "%.3f", nanos / (double) unit);
    return text.replaceAll("\\.?0+$", "");
  }

  /** A moment. */
  static String moment(long nanos) {
    return String.format(Locale.ROOT, "%.6f s", nanos / 1e9);
  }

  /**
   * Text and attribute values; a character that HTML cannot hold becomes a replacement character.
   */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
      }
    }
    return safe.toString();
  }
}

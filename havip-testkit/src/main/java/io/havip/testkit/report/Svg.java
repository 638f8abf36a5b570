package io.havip.testkit.report;

import java.util.Locale;

/** Writes elements. Numbers are written the same way on every machine. */
final class Svg {

  private final StringBuilder out = new StringBuilder(64 * 1024);

  Svg open(String name) {
    out.append('<').append(name);
    return this;
  }

  Svg with(String name, String value) {
    out.append(' ').append(name).append("=\"").append(Words.escape(value)).append('"');
    return this;
  }

  Svg with(String name, long value) {
    out.append(' ').append(name).append("=\"").append(value).append('"');
    return this;
  }

  /** A percentage, exact enough for a microsecond in an hour. */
  Svg percent(String name, double value) {
    String text = String.format(Locale.ROOT, "%.7f", value);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    end -= text.charAt(end - 1) == '.' ? 1 : 0;
    out.append(' ').append(name).append("=\"").append(text, 0, end).append("%\"");
    return this;
  }

  /** What makes an element one that a person can ask about. */
  Svg asks(long at, long record, String words, boolean important) {
    with("data-t", at);
    if (record != 0) {
      with("data-r", record);
    }
    with("tabindex", important ? 0 : -1);
    return words.isEmpty()
        ? this
        : with("data-d", words).with("aria-label", words).with("role", "img");
  }

  /** Ends the start tag. */
  Svg inside() {
    out.append('>');
    return this;
  }

  /** Ends an element without content. */
  Svg end() {
    out.append("/>\n");
    return this;
  }

  Svg text(String text) {
    out.append(Words.escape(text));
    return this;
  }

  Svg close(String name) {
    out.append("</").append(name).append(">\n");
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}

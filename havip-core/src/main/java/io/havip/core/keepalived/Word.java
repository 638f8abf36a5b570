package io.havip.core.keepalived;

/**
 * One word of a statement.
 *
 * @param text the word without its quotes
 * @param secret whether it may be part of a password and must not be shown
 * @param at where it starts
 */
record Word(String text, boolean secret, Position at) {

  private static final int LONGEST_SHOWN = 60;

  /** The word in quotes as a message may show it. */
  String shown() {
    return secret ? "(hidden)" : quote(text);
  }

  /** A text from a file in quotes, cut and without control characters, so that logs stay lines. */
  static String quote(String text) {
    StringBuilder shown = new StringBuilder("'");
    int length = Math.min(text.length(), LONGEST_SHOWN);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return shown.append(text.length() > LONGEST_SHOWN ? "...'" : "'").toString();
  }

  /** Shows nothing of a secret, for records print their parts. */
  @Override
  public String toString() {
    return shown() + "@" + at.line() + ":" + at.column();
  }
}

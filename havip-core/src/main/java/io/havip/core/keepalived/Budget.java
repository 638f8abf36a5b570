package io.havip.core.keepalived;

/**
 * What one reading may cost. Parameters, sequences and includes can multiply a short text without
 * end, so every character produced and every statement is paid for.
 */
final class Budget {

  /** Thrown when the budget is spent; the reader turns it into a diagnostic. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Spent(String message) {
      super(message, null, false, false);
    }
  }

  /** Characters of one file; real ones have a few thousand. */
  static final int LARGEST_FILE = 4 << 20;

  static final int MOST_CHARACTERS = 8 << 20;
  static final int MOST_STATEMENTS = 200_000;
  static final int MOST_FILES = 1000;

  private int characters;
  private int statements;
  private int files;

  void character() {
    if (++characters > MOST_CHARACTERS) {
      throw new Spent("the configuration grows beyond " + MOST_CHARACTERS + " characters");
    }
  }

  void statement() {
    if (++statements > MOST_STATEMENTS) {
      throw new Spent("the configuration grows beyond " + MOST_STATEMENTS + " statements");
    }
  }

  void file() {
    if (++files > MOST_FILES) {
      throw new Spent("the configuration includes more than " + MOST_FILES + " files");
    }
  }
}

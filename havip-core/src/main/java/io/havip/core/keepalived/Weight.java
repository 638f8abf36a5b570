package io.havip.core.keepalived;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a tracked thing does to the priority.
 *
 * @param value -254 to 254; 0 for a fault
 * @param reverse whether well and failed change places
 */
record Weight(int value, boolean reverse) {

  static final Weight NONE = new Weight(0, false);

  private static final int MOST = 253;

  /**
   * Reads the words behind the {@code weight} of a file or a process, which goes to 254; what is
   * not given stays as it was.
   */
  static Weight readOver(Weight before, List<Word> words, Report report) {
    Word word = words.getFirst();
    OptionalLong number = Values.whole(word.text());
    boolean good = number.isPresent() && Math.abs(number.getAsLong()) <= MOST + 1;
    if (!good) {
      report.warn(
          word.at(),
          "weight",
          "weight must be a whole number, -254 to 254, not " + word.shown(),
          Integer.toString(before.value));
    }
    int value = good ? (int) number.getAsLong() : before.value;
    return new Weight(value, reverse(words, before.reverse, report));
  }

  /** Reads the words behind {@code weight}: a number, and {@code reverse} perhaps. */
  static Weight read(List<Word> words, Report report) {
    Word word = words.getFirst();
    OptionalLong number = Values.whole(word.text());
    boolean far = number.isEmpty() || Math.abs(number.getAsLong()) > MOST + 1;
    int value = far ? 0 : Math.clamp(number.getAsLong(), -MOST, MOST);
    if (far || value != number.getAsLong()) {
      report.warn(
          word.at(),
          "weight",
          "weight must be a whole number, -253 to 253, not " + word.shown(),
          Integer.toString(value));
    }
    return new Weight(value, reverse(words, false, report));
  }

  private static boolean reverse(List<Word> words, boolean before, Report report) {
    boolean reverse = before;
    for (Word option : words.subList(1, words.size())) {
      switch (option.text()) {
        case "reverse" -> reverse = true;
        case "noreverse" -> reverse = false;
        default ->
            report.warn(option.at(), "weight", option.shown() + " behind a weight is not known");
      }
    }
    return reverse;
  }
}

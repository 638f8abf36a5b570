package io.havip.testkit.scenario;

import io.havip.testkit.sim.Quality;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** A quality in the words of a scenario file, where what is not named is zero. */
final class QualityText {

  private QualityText() {}

  static String text(Quality quality) {
    StringBuilder text = new StringBuilder("delay ").append(Lengths.text(quality.delay()));
    append(text, "jitter", quality.jitter());
    append(text, "loss", quality.loss());
    append(text, "duplicate", quality.duplicate());
    append(text, "reorder", quality.reorder());
    append(text, "held-back", quality.heldBack());
    return text.toString();
  }

  private static void append(StringBuilder text, String key, Duration value) {
    if (!value.isZero()) {
      text.append(' ').append(key).append(' ').append(Lengths.text(value));
    }
  }

  private static void append(StringBuilder text, String key, double value) {
    if (value != 0) {
      text.append(' ').append(key).append(' ').append(value);
    }
  }

  static Quality parse(WordsOfLine words) {
    Quality quality = Quality.of(Duration.ZERO);
    Set<String> seen = new HashSet<>();
    while (words.more()) {
      String key = words.next("a quality");
      if (!seen.add(key)) {
        throw new IllegalArgumentException(key + " is given twice");
      }
      quality =
          switch (key) {
            case "delay" -> quality.withDelay(words.length(key), quality.jitter());
            case "jitter" -> quality.withDelay(quality.delay(), words.length(key));
            case "loss" -> quality.withLoss(words.probability(key));
            case "duplicate" -> quality.withDuplicate(words.probability(key));
            case "reorder" -> quality.withReorder(words.probability(key), quality.heldBack());
            case "held-back" -> quality.withReorder(quality.reorder(), words.length(key));
            default ->
                throw new IllegalArgumentException(
                    "a path has delay, jitter, loss, duplicate, reorder and held-back, not " + key);
          };
    }
    if (seen.isEmpty()) {
      throw new IllegalArgumentException("how well the path carries is missing, such as loss 0.3");
    }
    return quality;
  }
}

package io.havip.core.keepalived;

import io.havip.Announcements;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The {@code garp_*} settings of an instance while they are read. Delays are in seconds. */
final class Garp {

  /** Keepalived keeps these delays in microseconds in 32 bits. */
  static final long LONGEST_DELAY = 4294;

  static final long LONGEST_REFRESH = 4_294_967_295L;

  long delay;
  long repeat;
  long refresh;
  long refreshRepeat;
  long lowerDelay;
  long lowerRepeat;
  long arpSpacingMicros;
  long neighborSpacingMicros;

  /** Turns a repeat of 0 into 1, as Keepalived does. */
  static @Nullable Long atLeastOne(@Nullable Long value, Word word, Node node, Report report) {
    if (value == null || value != 0) {
      return value;
    }
    String keyword = node.keyword().text();
    report.warn(word.at(), keyword, keyword + " must be at least 1, not 0", "1");
    return 1L;
  }

  /** A refresh without repeat, which only vrrp_min_garp makes, announces nothing. */
  Announcements announcements() {
    boolean refreshes = refresh > 0 && refreshRepeat > 0;
    return new Announcements(
        (int) repeat,
        Duration.ofSeconds(delay),
        refreshes ? Duration.ofSeconds(refresh) : Duration.ZERO,
        (int) Math.max(1, refreshRepeat),
        (int) lowerRepeat,
        Duration.ofSeconds(lowerDelay),
        Duration.ofNanos(arpSpacingMicros * 1000),
        Duration.ofNanos(neighborSpacingMicros * 1000));
  }
}

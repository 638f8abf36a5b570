package io.havip.core.keepalived;

import java.util.Locale;

/** How much of what was written is lost. */
public enum Severity {
  /** A whole virtual router, or the whole file, is not used. */
  ERROR,
  /** Something written has no effect or another one than it says. */
  WARNING,
  /** Nothing is lost, but the reader should know: a difference from Keepalived, a skipped block. */
  NOTE;

  /** The word used in a message, {@code error}, {@code warning} or {@code note}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

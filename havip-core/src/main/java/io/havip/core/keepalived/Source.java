package io.havip.core.keepalived;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A text to read.
 *
 * @param name how diagnostics call it
 * @param path where it was read from, absolute; empty for a text that is no file
 * @param text its characters
 */
record Source(String name, Optional<Path> path, String text) {

  /** Never the text, which may hold a password. */
  @Override
  public String toString() {
    return name;
  }
}

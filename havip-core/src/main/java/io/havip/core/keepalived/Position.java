package io.havip.core.keepalived;

/** Where something was written; line and column count from 1, and are 0 for a file as a whole. */
record Position(String file, int line, int column) {

  static Position of(String file) {
    return new Position(file, 0, 0);
  }
}

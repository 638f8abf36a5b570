package io.havip.core.keepalived;

import java.util.Map;

/**
 * A configuration that is read by this library and by Keepalived.
 *
 * @param name what a failure calls it
 * @param text the main file
 * @param files the files it may include, by path
 * @param expected the aspects in which the two differ, each with the difference it is an example of
 */
record DifferentialCase(
    String name, String text, Map<String, String> files, Map<String, KnownDifference> expected) {

  DifferentialCase {
    files = Map.copyOf(files);
    expected = Map.copyOf(expected);
  }
}

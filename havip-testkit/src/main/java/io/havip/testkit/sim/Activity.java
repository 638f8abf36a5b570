package io.havip.testkit.sim;

/** What a simulation is doing, for the person who reads why a run did not end. */
interface Activity {

  /** The name of the host whose process it is, or the empty string. */
  String host();

  /** Names it, such as {@code a worker's task}. */
  String label();

  /** {@return an activity that is no event} */
  static Activity of(String host, String label) {
    return new Named(host, label);
  }

  /**
   * An activity that is no event.
   *
   * @param host the name of the host, or the empty string
   * @param label names it
   */
  record Named(String host, String label) implements Activity {}
}

package io.havip.examples;

import io.havip.HavipEvent;

/** Lets the tests of other packages write event logs. */
public final class EventLines {

  private EventLines() {}

  /**
   * An event as one line.
   *
   * @param event the event
   * @return JSON
   */
  public static String json(HavipEvent event) {
    return EventJson.of(event);
  }
}

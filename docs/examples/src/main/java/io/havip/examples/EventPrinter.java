package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipException;
import io.havip.HavipListener;
import io.havip.HavipNode;
import java.io.PrintStream;
import java.time.Duration;

/** Writes what happens in a node: for a person, or as an event log that {@code judge} reads. */
final class EventPrinter implements HavipListener {

  private final PrintStream out;
  private final boolean json;
  private final String name;

  EventPrinter(PrintStream out, boolean json, String name) {
    this.out = out;
    this.json = json;
    this.name = name;
  }

  /** Who writes; comes first, and again with each new configuration. */
  void begin(HavipConfig config) {
    if (json) {
      out.println(EventHeader.of(config, name, EventHeader.ALIVE));
    }
  }

  @Override
  public void onEvent(HavipEvent event) {
    out.println(json ? EventJson.of(event) : text(event));
  }

  static String text(HavipEvent event) {
    return "%s %s %s".formatted(event.at().wall(), event.subject(), event.describe());
  }

  /** Says every second that the loop of the node still runs, until it does not. */
  void follow(HavipNode node) {
    if (json) {
      Thread.ofVirtual().name("havip-alive").start(() -> follow(node, EventHeader.ALIVE));
    }
  }

  private void follow(HavipNode node, Duration pause) {
    try {
      while (true) {
        out.println(EventHeader.alive(node.snapshot().at()));
        Thread.sleep(pause);
      }
    } catch (InterruptedException | HavipException e) {
      Thread.currentThread().interrupt(); // the node has ended
    }
  }
}

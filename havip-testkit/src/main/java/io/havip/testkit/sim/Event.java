package io.havip.testkit.sim;

/** Something that happens at a moment of virtual time. It can be in the queue once at a time. */
abstract class Event implements Activity {

  /** When, in nanoseconds since the start of the simulation; owned by the queue. */
  long at;

  /** Place among the events of the same moment; owned by the queue. */
  long order;

  /** Place in the queue's heap, or -1; owned by the queue. */
  int slot = -1;

  /** Number of the trace record that led to this event, or 0. */
  long cause;

  /** Whether the event is in the queue. */
  final boolean pending() {
    return slot >= 0;
  }

  abstract void fire();

  /** Names the event for the person who reads why a run did not end. */
  @Override
  public abstract String label();

  /** The host whose process is at work; an event that runs code of one says so when it does. */
  @Override
  public String host() {
    return "";
  }
}

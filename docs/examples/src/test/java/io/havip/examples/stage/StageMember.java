package io.havip.examples.stage;

/** A member of a group in the lab. Times are those of {@link System#nanoTime}. */
interface StageMember {

  /** Starts it and returns when it takes part. */
  void start();

  /** Starts it again; returns when it did the first thing that others notice. */
  long startAgain();

  /** It will be killed, and is to be back soon. */
  default void prepareForAKill() {}

  /** Asks it to leave; returns at once. */
  void stop();

  /** Ends its process without asking it; returns when. */
  long kill();

  /** Stops its process in its tracks; returns when. */
  long pause();

  /** Lets it run on; returns when. */
  long resume();

  /** Ends it, whatever it does; nothing of it is left. */
  void end();

  /** What it said of itself. */
  void tell(LabSightings to);
}

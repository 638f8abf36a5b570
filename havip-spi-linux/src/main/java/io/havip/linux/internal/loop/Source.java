package io.havip.linux.internal.loop;

/** A descriptor the loop waits for, and what to do with it. Every method is called on the loop. */
public interface Source {

  /** The descriptor; the same as long as the source is registered. */
  int descriptor();

  /**
   * Reads and delivers everything that had arrived by a moment. Must not block and must bear being
   * called when nothing is there.
   *
   * @param until monotonic time; what arrived later may be left for the next turn
   */
  void drain(long until);

  /** Sends what is queued. */
  default void flush() {}
}

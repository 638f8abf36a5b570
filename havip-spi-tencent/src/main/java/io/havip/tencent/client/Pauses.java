package io.havip.tencent.client;

import java.time.Duration;

/** How the client waits between two requests. */
@FunctionalInterface
public interface Pauses {

  /** Lets the calling thread sleep. */
  Pauses SLEEP = Thread::sleep;

  /**
   * Waits.
   *
   * @param length how long
   * @throws InterruptedException if the thread was interrupted
   */
  void pause(Duration length) throws InterruptedException;
}

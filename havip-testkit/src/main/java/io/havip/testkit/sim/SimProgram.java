package io.havip.testkit.sim;

import io.havip.spi.Platform;

/** What a process runs. It is started anew when its host restarts. */
@FunctionalInterface
public interface SimProgram {

  /**
   * Starts the program. Called in the loop.
   *
   * @param platform the platform of the new process
   * @return stops the program in an orderly way; the platform is closed afterwards
   * @throws Exception ends the process at once
   */
  AutoCloseable start(Platform platform) throws Exception;
}

package io.havip.core.node;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a check command, on a worker thread. Its output is discarded. */
final class CommandRun {

  private static final long GRACE_SECONDS = 2;

  private CommandRun() {}

  /**
   * Runs the command to its end. When interrupted, it asks the command to end, and kills it two
   * seconds later.
   *
   * @param argv program and arguments
   */
  static CheckRunner.Result run(List<String> argv) throws InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(argv)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return new CheckRunner.Result(false, String.valueOf(e.getMessage()));
    }
    try {
      int status = process.waitFor();
      return new CheckRunner.Result(status == 0, "exit status " + status);
    } catch (InterruptedException e) {
      end(process);
      throw e;
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

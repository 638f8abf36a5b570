package io.havip.core.node;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

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
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
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

  /**
   * Descendants are noted before anything is ended: without its parent a process is not found any
   * more.
   */
  private static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    boolean interrupted = false;
    try {
      allEnded(all).get(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException e) {
      // Some are left; they are killed now.
    }
    all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static CompletableFuture<Void> allEnded(List<ProcessHandle> processes) {
    return CompletableFuture.allOf(
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
  }
}

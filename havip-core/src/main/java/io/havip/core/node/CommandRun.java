package io.havip.core.node;

import io.havip.RunAs;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One run of a check command, on a worker thread. Its output is discarded. */
final class CommandRun {

  private static final long GRACE_SECONDS = 2;

  /** setpriv says so if it may not change the user, or finds no program. */
  private static final int NOT_STARTED = 127;

  /**
   * Starts a command as a user, the first argument, and a group, the second. If that is empty the
   * host's name service knows the user's own. The third says what becomes of other groups. setpriv
   * itself gives 1 for a user who is missing, which a command may give as well.
   */
  private static final String AS_ANOTHER =
      "own=$(id -g -- \"$0\") || exit 127; group=${1:-$own}; others=$2; shift 2;"
          + " exec setpriv --reuid=\"$0\" --regid=\"$group\" \"$others\" -- \"$@\"";

  private CommandRun() {}

  /** Runs the command as the user of this process. */
  static CheckRunner.Result run(List<String> argv) throws InterruptedException {
    return run(argv, Optional.empty());
  }

  /**
   * Runs the command to its end. When interrupted, it asks the command to end, and kills it two
   * seconds later.
   *
   * @param argv program and arguments
   * @param runAs the user it runs as; that of this process if empty
   */
  static CheckRunner.Result run(List<String> argv, Optional<RunAs> runAs)
      throws InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(line(argv, runAs))
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return new CheckRunner.Result(false, String.valueOf(e.getMessage()));
    }
    try {
      int status = process.waitFor();
      return new CheckRunner.Result(
          status == 0, "exit status " + status + hint(status, argv, runAs));
    } catch (InterruptedException e) {
      end(process);
      throw e;
    }
  }

  /** What is really started. */
  private static List<String> line(List<String> argv, Optional<RunAs> runAs) {
    List<String> line = new ArrayList<>();
    runAs
        .filter(as -> as.group().isPresent() || !as.user().equals(System.getProperty("user.name")))
        .ifPresent(as ->
            line.addAll(
                List.of(
                    "sh",
                    "-c",
                    AS_ANOTHER,
                    as.user(),
                    as.group().orElse(""),
                    as.supplementaryGroups() ? "--init-groups" : "--clear-groups")));
    line.addAll(argv);
    return line;
  }

  private static String hint(int status, List<String> argv, Optional<RunAs> runAs) {
    return runAs
        .filter(as -> status == NOT_STARTED)
        .map(as ->
            ": there is no %s, or this process may not run it as %s".formatted(argv.getFirst(), as))
        .orElse("");
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

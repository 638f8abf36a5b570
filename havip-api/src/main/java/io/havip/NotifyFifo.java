package io.havip;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A named pipe that is told of every router and group of a node, one line each time, such as {@code
 * INSTANCE "VI_1" MASTER 150} with the effective priority, or {@code GROUP "VG_1" BACKUP 0}; the
 * words are those of {@link NotifyCommand}.
 *
 * <p>A pipe that is missing is made when the node starts, for its owner only, and stays. Lines come
 * in the order of what happened, and neither the protocol nor a command waits for a pipe. What
 * nobody reads stays in the pipe until it is full (64 KiB on Linux); then older lines are left out,
 * an {@link HavipEvent.OperationFailed} says so, and the latest state of every router and group is
 * kept for the reader that comes.
 *
 * @param path where it is
 * @param owner who may read it if it is made here; the user of the process if empty
 * @param reader what the node starts to read it, if anything
 * @param repeatsStates whether the state of every router and group that goes on is written again
 *     each time that another configuration is applied
 */
public record NotifyFifo(
    Path path, Optional<RunAs> owner, Optional<Reader> reader, boolean repeatsStates) {

  /**
   * A program that reads the pipe as long as the node runs.
   *
   * <p>It starts when the pipe is there, with the path as its last argument. If it ends while the
   * node runs, an {@link HavipEvent.OperationFailed} says so, and it is started again a second
   * later. When the node closes, it finds the end of the pipe behind the last line; a second later
   * it is asked to end (SIGTERM), and killed two seconds after that. What it prints is discarded.
   *
   * @param argv the program and its own arguments; no shell is involved
   * @param runAs the user it runs as; that of the process if empty
   */
  public record Reader(List<String> argv, Optional<RunAs> runAs) {

    /** Copies the list; there must be a program. */
    public Reader {
      argv = List.copyOf(argv);
      if (argv.isEmpty() || argv.getFirst().isBlank()) {
        throw new HavipConfigException("the reader of a pipe needs a program to run");
      }
    }
  }

  /**
   * A pipe for the user of the process that something else reads.
   *
   * @param path where it is
   * @return the pipe
   */
  public static NotifyFifo at(Path path) {
    return new NotifyFifo(path, Optional.empty(), Optional.empty(), false);
  }

  /**
   * {@return the same pipe with a program that reads it}
   *
   * @param argv the program and its own arguments
   */
  public NotifyFifo readBy(String... argv) {
    Reader program = new Reader(List.of(argv), Optional.empty());
    return new NotifyFifo(path, owner, Optional.of(program), repeatsStates);
  }
}

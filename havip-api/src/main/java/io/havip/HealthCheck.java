package io.havip;

import java.util.List;
import java.util.Optional;

/** How to find out whether this member is fit to serve. */
public sealed interface HealthCheck {

  /** A check in the application's own code. */
  @FunctionalInterface
  non-sealed interface Probe extends HealthCheck {

    /**
     * Tells whether this member is fit. Called on a worker thread, never twice at a time. A call
     * that lasts longer than the check's timeout is interrupted and counts as unfit.
     *
     * @return whether the member is fit
     * @throws Exception counts as unfit; the message is reported
     */
    boolean healthy() throws Exception;
  }

  /**
   * A command; exit status 0 means fit. A command that outlives the check's timeout is terminated
   * and counts as unfit.
   *
   * @param argv the program and its arguments; no shell is involved
   * @param runAs the user it runs as; that of the process if empty
   */
  record Command(List<String> argv, Optional<RunAs> runAs) implements HealthCheck {

    /** Copies the list; there must be a program. */
    public Command {
      argv = List.copyOf(argv);
      if (argv.isEmpty() || argv.getFirst().isBlank()) {
        throw new HavipConfigException("a check command needs a program to run");
      }
    }

    /**
     * A command that runs as the user of the process.
     *
     * @param argv the program and its arguments; no shell is involved
     */
    public Command(List<String> argv) {
      this(argv, Optional.empty());
    }
  }

  /**
   * Counts running processes of this host by {@code /proc}, so on Linux only; elsewhere the check
   * fails and says so. A process that has ended and waits for its parent does not count. Processes
   * that the user of this one may not see are not found, and those of other PID namespaces neither.
   *
   * @param program what a process is called; see {@link Match}
   * @param arguments what it was started with; empty for {@link Match#NAME}
   * @param match how they are compared
   * @param atLeast fewest processes of a fit member, at least 0
   * @param atMost most processes of a fit member, at least {@code atLeast}; 0 means that the
   *     program must not run
   */
  record Processes(String program, List<String> arguments, Match match, int atLeast, int atMost)
      implements HealthCheck {

    /** How the program and its arguments are compared with those of a process. */
    public enum Match {
      /**
       * The name of the process, which Linux cuts to 15 bytes ({@code /proc/PID/comm}), whatever
       * its arguments.
       */
      NAME,
      /** The first word of the command line as it was given, and exactly these arguments. */
      EXACT,
      /** The same, and other arguments may follow. */
      PARTIAL,
      /** The same, and the last of these arguments may be the beginning of a longer one. */
      INITIAL
    }

    /** Copies the list and checks the numbers. */
    public Processes {
      arguments = List.copyOf(arguments);
      if (program.isBlank()) {
        throw new HavipConfigException("a check for processes needs the name of a program");
      }
      if (match == Match.NAME && !arguments.isEmpty()) {
        throw new HavipConfigException(
            "a check for processes by name takes no arguments; match the command line instead");
      }
      if (atLeast < 0 || atMost < atLeast) {
        throw new HavipConfigException(
            "a check for processes needs 0 <= atLeast <= atMost, not %d and %d"
                .formatted(atLeast, atMost));
      }
    }

    /**
     * {@return a check that at least one process of that name runs}
     *
     * @param name the name of the process
     */
    public static Processes named(String name) {
      return new Processes(name, List.of(), Match.NAME, 1, Integer.MAX_VALUE);
    }
  }
}

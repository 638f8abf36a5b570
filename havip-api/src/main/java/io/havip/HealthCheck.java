package io.havip;

import java.util.List;

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
   */
  record Command(List<String> argv) implements HealthCheck {

    /** Copies the list; there must be a program. */
    public Command {
      argv = List.copyOf(argv);
      if (argv.isEmpty() || argv.getFirst().isBlank()) {
        throw new HavipConfigException("a check command needs a program to run");
      }
    }
  }
}

package io.havip.examples;

import io.havip.HavipConfigException;
import io.havip.HavipPlatformException;
import picocli.CommandLine;

/** What the exit status of a command says. */
final class ExitStatus {

  static final int OK = 0;
  static final int INTERNAL = 1;

  /** The configuration or the command line cannot be used. */
  static final int CONFIGURATION = 2;

  /** The host cannot run the node. */
  static final int PLATFORM = 3;

  /** The configuration can be used, but not in the cloud it was judged for. */
  static final int UNFIT_FOR_CLOUD = 4;

  /** A named property was broken. */
  static final int VIOLATED = 5;

  private ExitStatus() {}

  static int of(Throwable thrown) {
    return switch (thrown) {
      case HavipConfigException config -> CONFIGURATION;
      case CommandLine.ParameterException commandLine -> CONFIGURATION;
      case HavipPlatformException platform -> PLATFORM;
      default -> INTERNAL;
    };
  }

  /** Errors a person can mend are one line; anything else is a bug and shows where. */
  static int report(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
    int status = of(thrown);
    if (status == INTERNAL) {
      thrown.printStackTrace(command.getErr());
    } else {
      command.getErr().println("error: " + thrown.getMessage());
    }
    command.getErr().flush();
    return status;
  }
}

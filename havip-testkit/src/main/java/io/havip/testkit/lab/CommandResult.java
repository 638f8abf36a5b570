package io.havip.testkit.lab;

import java.util.List;

/**
 * What a finished command left behind.
 *
 * @param command the words of the command
 * @param exitCode its exit code; 128 + n if signal n ended it
 * @param output all of its standard output
 * @param errors all of its standard error
 */
public record CommandResult(List<String> command, int exitCode, String output, String errors) {

  /** Copies the list. */
  public CommandResult {
    command = List.copyOf(command);
  }

  /**
   * Tells whether the command succeeded.
   *
   * @return true if the exit code is zero
   */
  public boolean ok() {
    return exitCode == 0;
  }

  /**
   * Says in words how it ended.
   *
   * @return the command, its exit code and everything it printed
   */
  public String describe() {
    return "'%s' ended with exit code %d%n%s%s"
        .formatted(String.join(" ", command), exitCode, output, errors)
        .stripTrailing();
  }
}

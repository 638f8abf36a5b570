package io.havip.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the examples. */
@Command(
    name = "havip-examples",
    mixinStandardHelpOptions = true,
    description = "A highly available virtual IP address, from the command line.",
    subcommands = {
      NodeCommand.class,
      CheckCommand.class,
      TopCommand.class,
      JudgeCommand.class,
      DemoCommand.class,
      ReplayCommand.class,
      LoadBalancerCommand.class,
      DatabaseCommand.class,
      VpcWalkCommand.class,
      TimingCommand.class
    })
public final class Main {

  private Main() {}

  /**
   * Runs a command and ends the process with its exit status.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line =
        new CommandLine(new Main())
            .setExitCodeExceptionMapper(ExitStatus::of)
            .setExecutionExceptionHandler(ExitStatus::report);
    line.getCommandSpec().version(version());
    line.getSubcommands().values().forEach(each -> each.getCommandSpec().version(version()));
    return line;
  }

  /** The jar's manifest knows the version; classes outside of it have none. */
  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "havip-examples %s, Java %s"
        .formatted(version == null ? "(not from a jar)" : version, Runtime.version());
  }
}

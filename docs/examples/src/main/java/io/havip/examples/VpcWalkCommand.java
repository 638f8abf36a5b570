package io.havip.examples;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Walks through the life of a HAVIP in a simulated VPC. */
@Command(
    name = "vpc",
    mixinStandardHelpOptions = true,
    description = {
      "Walks through the life of a HAVIP in a simulated VPC: requested, configured, announced,",
      "reached through an elastic IP, and taken over. Nothing leaves the process."
    })
final class VpcWalkCommand implements Callable<Integer> {

  @Option(names = "--seed", description = "The seed of the run; the same seed gives the same run.")
  private long seed = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    new VpcWalk(seed, out).tell();
    out.flush();
    return ExitStatus.OK;
  }
}

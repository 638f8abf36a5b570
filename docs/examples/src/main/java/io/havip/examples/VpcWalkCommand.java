package io.havip.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Walks through the life of a HAVIP in a simulated VPC. */
@Command(
    name = "vpc",
    mixinStandardHelpOptions = true,
    description =
        "Walks through the life of a HAVIP in a simulated VPC: requested, configured, announced,"
            + " reached through an elastic IP, and taken over. Nothing leaves the process.")
final class VpcWalkCommand implements Callable<Integer> {

  @Option(names = "--seed", description = "The seed of the run; the same seed gives the same run.")
  private long seed = 1;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write what the console showed to a page; a file that exists is replaced.")
  private Optional<Path> html = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    VpcWalk walk = new VpcWalk(seed, out);
    walk.tell();
    out.flush();
    html.ifPresent(file -> write(file, walk.page().html()));
    return ExitStatus.OK;
  }

  private void write(Path file, String page) {
    try {
      Files.writeString(file, page);
    } catch (IOException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), file + " cannot be written: " + e, e);
    }
  }
}

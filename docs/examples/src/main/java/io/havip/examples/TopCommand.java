package io.havip.examples;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a running node live. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    description =
        "Shows a running node live, such as one of the command node or any application that"
            + " registers HavipBean. Ends with Ctrl-C, or when the node ends.")
final class TopCommand implements Callable<Integer> {

  /** Cursor home, then clear to the end of the screen. */
  private static final String REDRAW = "\033[H\033[J";

  @Parameters(paramLabel = "PID", description = "The process of the node.")
  private String pid = "";

  @Option(names = "--once", description = "Print one page, without escape sequences, and end.")
  private boolean once;

  @Option(
      names = "--router",
      paramLabel = "NAME",
      description = "Which router in detail; the first that is not in order if not given.")
  private Optional<String> router = Optional.empty();

  @Option(
      names = "--interval",
      paramLabel = "MILLIS",
      defaultValue = "1000",
      description = "How often to draw; ${DEFAULT-VALUE} ms if not given.")
  private int interval = 1000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (interval < 100) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "an interval is 100 ms at least: each page asks the node's loop");
    }
    try (RunningNode node = RunningNode.attach(pid)) {
      PrintWriter out = spec.commandLine().getOut();
      do {
        if (!once) {
          out.print(REDRAW);
        }
        TopView.draw(node, router, size("COLUMNS", 80), size("LINES", 24) - 1)
            .forEach(out::println);
        out.flush();
        if (!once) {
          Thread.sleep(interval);
        }
      } while (!once);
    }
    return ExitStatus.OK;
  }

  private static int size(String variable, int usual) {
    Map<String, String> environment = System.getenv();
    String value = environment.getOrDefault(variable, "");
    return value.matches("[1-9]\\d{1,3}") ? Integer.parseInt(value) : usual;
  }
}

package io.havip.examples;

import io.havip.HavipConfigException;
import io.havip.core.check.Sighting;
import io.havip.core.check.Verdict;
import io.havip.testkit.report.FailoverReport;
import io.havip.testkit.scenario.JavaTest;
import io.havip.testkit.scenario.Outcome;
import io.havip.testkit.scenario.ScenarioException;
import io.havip.testkit.scenario.ScenarioFile;
import io.havip.testkit.scenario.ScenarioRunner;
import io.havip.testkit.scenario.Shrinker;
import io.havip.testkit.scenario.Shrunk;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a scenario file with plain nodes and tells what happened. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a scenario file in the simulated network and judges it by the named properties.",
      "Nothing leaves the process. Callbacks of the application that wrote the file are not run."
    },
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:no property was violated",
      "2:the file or the command line cannot be used",
      "5:a property was violated"
    })
final class ReplayCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The scenario file.")
  private Path file = Path.of("");

  @Option(names = "--html", paramLabel = "FILE", description = "Draws the run into an HTML file.")
  private Optional<Path> html = Optional.empty();

  @Option(
      names = "--shrink",
      paramLabel = "FILE",
      description = "If a property is violated, writes the smallest scenario that violates it.")
  private Optional<Path> shrink = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ScenarioFile recorded = read();
    Outcome outcome = ScenarioRunner.nodes().run(recorded.scenario());
    tell(outcome, out);
    compare(recorded, outcome, out);
    html.ifPresent(page -> draw(outcome, page, out));
    outcome.violated().forEach(property -> out.println("violated: " + property));
    if (!outcome.violated().isEmpty()) {
      shrink.ifPresent(small -> shrink(outcome, small, out));
    }
    out.flush();
    return outcome.violated().isEmpty() ? ExitStatus.OK : ExitStatus.VIOLATED;
  }

  private ScenarioFile read() {
    try {
      return ScenarioFile.read(file);
    } catch (ScenarioException e) {
      throw new HavipConfigException(String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw new HavipConfigException(e.getMessage() + ": " + e.getCause());
    }
  }

  private static void tell(Outcome outcome, PrintWriter out) {
    out.println(outcome.scenario().title() + ", seed " + outcome.scenario().seed());
    out.printf("%n%10s  %-8s %s%n", "time", "where", "what");
    for (Sighting each : outcome.sightings()) {
      switch (each) {
        case Sighting.State s ->
            line(out, s.at(), s.member(), s.from() + " -> " + s.to() + ": " + s.cause());
        case Sighting.Trouble s ->
            line(out, s.at(), "", "--- " + (s.begins() ? "" : "end of: ") + s.words());
        case Sighting.Reach s ->
            line(out, s.at(), s.client(), "reaches " + s.member().orElse("nobody"));
        default -> {}
      }
    }
    outcome.findings().forEach(f -> line(out, f.at(), "", "!!! " + f.check() + ": " + f.what()));
    out.println();
    for (Verdict verdict : Verdict.values()) {
      List<String> ids =
          outcome.verdicts().entrySet().stream()
              .filter(each -> each.getValue() == verdict)
              .map(each -> each.getKey())
              .toList();
      if (!ids.isEmpty()) {
        out.println(verdict.name().toLowerCase(Locale.ROOT) + ": " + String.join(" ", ids));
      }
    }
  }

  private static void line(PrintWriter out, long nanos, String where, String what) {
    out.printf(Locale.ROOT, "%9.3fs  %-8s %s%n", nanos / 1e9, where, what);
  }

  private static void compare(ScenarioFile recorded, Outcome outcome, PrintWriter out) {
    out.printf("%d events, trace %016x", outcome.events(), outcome.trace());
    if (recorded.trace().isPresent()) {
      out.print(
          recorded.trace().getAsLong() == outcome.trace()
              ? ": the very run that was recorded"
              : ": not the run that was recorded, with other code or with callbacks");
    }
    out.println();
  }

  private void draw(Outcome outcome, Path page, PrintWriter out) {
    String again = "./build run replay " + file;
    String property = outcome.violated().stream().findFirst().orElse("AllProperties");
    String code = JavaTest.ofNodes(outcome.scenario(), property);
    FailoverReport.write(outcome.drawn(again, code), page);
    out.println("The run as a page for a browser: " + page.toAbsolutePath());
  }

  private static void shrink(Outcome outcome, Path small, PrintWriter out) {
    String property = outcome.violated().getFirst();
    Shrunk shrunk = Shrinker.shrink(ScenarioRunner.nodes(), outcome.scenario(), property);
    shrunk.outcome().file().write(small);
    out.println(property + ": " + shrunk.describe());
    out.println("The small scenario: " + small.toAbsolutePath());
    out.println(JavaTest.ofNodes(shrunk.scenario(), property));
  }
}

package io.havip.examples;

import io.havip.HavipConfigException;
import io.havip.core.check.Finding;
import io.havip.core.check.Trial;
import io.havip.core.check.Verdict;
import io.havip.testkit.log.LogFormatException;
import io.havip.testkit.log.RecordedLog;
import io.havip.testkit.log.RecordedRun;
import io.havip.testkit.report.FailoverReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges the event logs of the members of a group by the named properties. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description =
        "Judges what the members of a group recorded (node --json) by the properties of"
            + " docs/properties.md. Exit status 5 if one was broken.")
final class JudgeCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "LOG", description = "The event log of each member.")
  private List<Path> files = List.of();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Also draws the run as one HTML file; with several groups one for each.")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--offset",
      paramLabel = "MEMBER=SECONDS",
      description = "What to add to the clock of a member's host, such as lb2=-3.2s.")
  private Map<String, String> offsets = new HashMap<>();

  @Option(
      names = "--tolerance",
      paramLabel = "MILLIS",
      defaultValue = "100",
      description = "How far the hosts' clocks may differ; ${DEFAULT-VALUE} ms if not given.")
  private int tolerance = 100;

  @Option(
      names = "--lateness",
      paramLabel = "MILLIS",
      defaultValue = "100",
      description = "How late a member may be without fault; ${DEFAULT-VALUE} ms if not given.")
  private int lateness = 100;

  @Option(
      names = "--partial",
      description = "Not all members' logs are given, so ask only what cannot depend on the rest.")
  private boolean partial;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<RecordedLog> logs = files.stream().map(this::read).toList();
    logs.forEach(log -> log.problems().forEach(p -> out.println(p.describe())));
    int status = ExitStatus.OK;
    List<RecordedRun> runs = RecordedRun.of(logs, reading());
    for (RecordedRun run : runs) {
      status = Math.max(status, judge(run, runs.size() > 1, out));
    }
    out.flush();
    return status;
  }

  private RecordedLog read(Path file) {
    try {
      return RecordedLog.read(file);
    } catch (LogFormatException e) {
      throw new HavipConfigException(e.problem().describe());
    } catch (NoSuchFileException e) {
      throw new HavipConfigException(file + ": no such file");
    } catch (IOException e) {
      throw new HavipConfigException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private RecordedRun.Reading reading() {
    Map<String, Duration> parsed = new HashMap<>();
    offsets.forEach((member, text) -> parsed.put(member, seconds(text)));
    return new RecordedRun.Reading(
        parsed, Duration.ofMillis(tolerance), Duration.ofMillis(lateness), !partial);
  }

  private Duration seconds(String text) {
    try {
      String number = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
      return Duration.ofNanos(Math.round(Double.parseDouble(number) * 1e9));
    } catch (NumberFormatException e) {
      throw unusable("an offset is a number of seconds such as -3.2s, not " + text, e);
    }
  }

  private CommandLine.ParameterException unusable(String words, Exception cause) {
    return new CommandLine.ParameterException(spec.commandLine(), words, cause);
  }

  private int judge(RecordedRun run, boolean several, PrintWriter out) {
    run.problems().forEach(p -> out.println(p.describe()));
    String members =
        run.scene().members().stream().map(a -> a.name()).collect(Collectors.joining(", "));
    out.println("VRID " + run.vrid() + ": " + members);
    if (!run.clocksAgree()) {
      out.println("  not judged: the clocks of the hosts disagree, see above");
      return ExitStatus.CONFIGURATION;
    }
    Trial trial = run.judge();
    trial.findings().forEach(f -> out.println("  " + line(f)));
    out.println("  " + summary(trial.verdicts()));
    report.ifPresent(file -> draw(run, trial, several ? numbered(file, run.vrid()) : file, out));
    return trial.findings().isEmpty() ? ExitStatus.OK : ExitStatus.VIOLATED;
  }

  private static String line(Finding finding) {
    return String.format(
        Locale.ROOT,
        "%s does not hold at %.3f s: %s",
        finding.check(),
        finding.at() / 1e9,
        finding.what());
  }

  private static String summary(Map<String, Verdict> verdicts) {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      List<String> ids =
          verdicts.entrySet().stream()
              .filter(e -> e.getValue() == verdict)
              .map(Map.Entry::getKey)
              .toList();
      if (!ids.isEmpty()) {
        parts.add(verdict.name().toLowerCase(Locale.ROOT) + " " + String.join(" ", ids));
      }
    }
    return String.join("; ", parts);
  }

  private static Path numbered(Path file, int vrid) {
    String name = file.getFileName().toString().replaceFirst("(\\.html)?$", "");
    return file.resolveSibling(name + "-" + vrid + ".html");
  }

  private void draw(RecordedRun run, Trial trial, Path file, PrintWriter out) {
    String again =
        "examples judge " + files.stream().map(Path::toString).collect(Collectors.joining(" "));
    try {
      FailoverReport.write(run.report("Recorded: VRID " + run.vrid(), again, trial), file);
      out.println("  drawn in " + file);
    } catch (UncheckedIOException e) {
      throw unusable("the page could not be written, name another file by --report: " + e, e);
    }
  }
}

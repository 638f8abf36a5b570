package io.havip.examples;

import io.havip.core.keepalived.ReadResult;
import io.havip.core.lint.CloudLint;
import io.havip.core.lint.CloudProfile;
import io.havip.core.lint.LintReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads keepalived.conf files and says what is doubtful in them and which values are in force. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads keepalived.conf files and prints their diagnostics and the values in force.",
      "With --cloud also what does not fit a HAVIP in a VPC, and how long a failover takes."
    },
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:every file can be used",
      "2:a file or the command line cannot be used",
      "4:the files can be used, but not in this cloud; with --strict also if anything is doubtful"
    })
final class CheckCommand implements Callable<Integer> {

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "A keepalived.conf to read. Repeat it for the other members and groups.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Mixin private ReadSettings settings = new ReadSettings();

  @Mixin private CloudSettings cloud = new CloudSettings();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Map<Path, ReadResult> results = new LinkedHashMap<>();
    files.forEach(file -> results.put(file, settings.read(file)));
    Optional<CloudProfile> profile = cloud.profile();
    Optional<LintReport> lint =
        profile.map(known -> CloudLint.check(List.copyOf(results.values()), known));
    if (json) {
      out.println(CheckJson.of(results, lint));
    } else {
      CheckText text = new CheckText(out);
      results.forEach(text::file);
      lint.ifPresent(text::lint);
    }
    out.flush();
    return status(results, lint);
  }

  private int status(Map<Path, ReadResult> results, Optional<LintReport> lint) {
    if (results.values().stream().anyMatch(result -> result.config().isEmpty())) {
      return ExitStatus.CONFIGURATION;
    }
    boolean unfit =
        lint.isPresent()
            && (lint.get().hasErrors() || (settings.strict() && !lint.get().findings().isEmpty()));
    return unfit ? ExitStatus.UNFIT_FOR_CLOUD : ExitStatus.OK;
  }
}

package io.havip.testkit.scenario;

import io.havip.core.check.Finding;
import io.havip.testkit.report.FailoverReport;
import java.nio.file.Path;

/**
 * Where a failure goes.
 *
 * @param test names the test in files
 * @param command does the test again; empty if there is none
 * @param folder where files are written
 */
record FailureReport(String test, String command, Path folder) {

  FailoverFailure failure(Shrunk shrunk) {
    Outcome outcome = shrunk.outcome();
    String name = (test + "-" + shrunk.property()).replaceAll("[^A-Za-z0-9._-]", "-");
    Path file =
        outcome
            .file()
            .write(folder.resolve(name + ScenarioFile.SUFFIX))
            .toAbsolutePath()
            .normalize();
    String code = JavaTest.ofService(shrunk.scenario(), shrunk.property());
    String again = (command + " -D" + Failover.SCENARIO + "=" + file).strip();
    Path page =
        FailoverReport.write(outcome.drawn(again, code), folder.resolve(name + ".html"))
            .toAbsolutePath()
            .normalize();
    Finding finding = outcome.finding(shrunk.property()).orElseThrow();
    StringBuilder message = new StringBuilder(1024);
    message.append(finding.check()).append(": ").append(finding.what()).append('\n');
    message.append("  scenario:  ").append(shrunk.scenario().title()).append('\n');
    if (shrunk.scenario().steps().isEmpty()) {
      message.append("             nothing goes wrong\n");
    }
    shrunk
        .scenario()
        .steps()
        .forEach(step -> message.append("             ").append(step).append('\n'));
    message.append("             (").append(shrunk.describe()).append(")\n");
    outcome
        .stuck()
        .ifPresent(stuck -> message.append("  stack:\n").append(stuck.stackText().indent(13)));
    message.append("  report:    ").append(page).append('\n');
    message.append("  again:     ").append(again).append('\n');
    message.append("  as a test:\n").append(code.indent(4).replaceAll("(?m)^ +$", ""));
    return new FailoverFailure(message.toString(), shrunk, page, code);
  }
}

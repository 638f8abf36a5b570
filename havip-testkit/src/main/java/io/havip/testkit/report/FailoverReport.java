package io.havip.testkit.report;

import io.havip.core.check.Finding;
import io.havip.core.check.Verdict;
import io.havip.testkit.sim.TraceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the report of a run: one HTML file to open in a browser, from wherever it lies.
 *
 * <p>It shows a lane for each member (its state, the addresses its kernel answers for, and when its
 * process stood still), for the cloud's mapping and for each client; faults as bands; adverts as
 * arrows; every takeover with the bound it had; and every time during which several members
 * answered. What was violated stands on top, in words. Long runs are thinned out until a person
 * zooms in. Stateless and thread-safe.
 */
public final class FailoverReport {

  private static final int SHOWN = 4;

  private FailoverReport() {}

  /**
   * Draws a run.
   *
   * @param run the run
   * @return the page; the same for the same run
   */
  public static String html(FailoverRun run) {
    Diagram diagram = DiagramMaker.of(run);
    Layout layout = new Layout(diagram);
    Map<String, String> parts = new TreeMap<>();
    parts.put("title", Words.escape(run.title()));
    parts.put("style", resource("report.css"));
    parts.put("script", resource("report.js"));
    parts.put("verdict", verdict(run));
    parts.put("outcome", outcome(run));
    parts.put("facts", facts(run, diagram));
    parts.put("scenario", scenario(run) + console(run));
    parts.put("height", Integer.toString(layout.height()));
    parts.put("end", Long.toString(run.end()));
    parts.put("names", Drawing.names(layout));
    parts.put("plot", new Drawing(diagram, layout).plot());
    parts.put("trace", trace(run.records()));
    return fill(resource("report.html"), parts);
  }

  /**
   * Draws a run into a file.
   *
   * @param run the run
   * @param file where; its folder is made, and the file replaced, if need be
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path write(FailoverRun run, Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return Files.writeString(file, html(run));
    } catch (IOException e) {
      throw new UncheckedIOException("the report could not be written to " + file, e);
    }
  }

  private static String outcome(FailoverRun run) {
    return !run.findings().isEmpty() ? "broken" : run.verdicts().isEmpty() ? "open" : "calm";
  }

  private static String verdict(FailoverRun run) {
    List<Finding> findings = run.findings();
    if (findings.isEmpty()) {
      String calm =
          run.verdicts().isEmpty()
              ? "No property was judged in this run"
              : "No property was violated";
      return "<h1>" + calm + "</h1>" + counts(run.verdicts());
    }
    StringBuilder text = new StringBuilder("<h1>");
    text.append(findings.size() == 1 ? "Violated: " : findings.size() + " violations: ");
    text.append(
        Words.escape(
            findings.stream().map(Finding::check).distinct().collect(Collectors.joining(", "))));
    text.append("</h1>\n<ol class=\"findings\">");
    findings.stream().limit(SHOWN).forEach(each -> text.append(item(each)));
    text.append("</ol>");
    if (findings.size() > SHOWN) {
      text.append("<details><summary>")
          .append(findings.size() - SHOWN)
          .append(" more</summary><ol>");
      findings.stream().skip(SHOWN).forEach(each -> text.append(item(each)));
      text.append("</ol></details>");
    }
    return text.append(counts(run.verdicts())).toString();
  }

  private static String item(Finding finding) {
    return "<li><b>%s</b> at %s: %s</li>\n"
        .formatted(
            Words.escape(finding.check()),
            Words.moment(finding.at()),
            Words.escape(finding.what()));
  }

  private static String counts(Map<String, Verdict> verdicts) {
    List<String> parts = new ArrayList<>();
    for (Verdict each : Verdict.values()) {
      String ids =
          verdicts.entrySet().stream()
              .filter(v -> v.getValue() == each)
              .map(Map.Entry::getKey)
              .collect(Collectors.joining(" "));
      if (!ids.isEmpty()) {
        parts.add("<b>" + each.name().toLowerCase(Locale.ROOT) + "</b> " + Words.escape(ids));
      }
    }
    return parts.isEmpty() ? "" : "<p class=\"verdicts\">" + String.join(" · ", parts) + "</p>";
  }

  private static String facts(FailoverRun run, Diagram diagram) {
    StringBuilder text = new StringBuilder("<span>");
    text.append(Words.escape(run.title())).append("</span>");
    text.append("<span>length ").append(Words.length(run.end())).append("</span>");
    text.append("<span>").append(diagram.arrows().size()).append(" messages</span>");
    if (!run.seed().isEmpty()) {
      text.append("<span>seed <code>").append(Words.escape(run.seed())).append("</code></span>");
    }
    if (!run.reproduce().isEmpty()) {
      text.append("<span>again: <code>")
          .append(Words.escape(run.reproduce()))
          .append("</code></span>");
    }
    return text.toString();
  }

  private static String scenario(FailoverRun run) {
    return run.scenario().isEmpty()
        ? ""
        : "<details class=\"scenario\"><summary>The scenario as code</summary><pre>"
            + Words.escape(run.scenario())
            + "</pre></details>";
  }

  private static String console(FailoverRun run) {
    return run.console()
        .map(page ->
            "<details class=\"scenario\"><summary>What the console of the cloud showed</summary>\n"
                + page.fragment()
                + "</details>")
        .orElse("");
  }

  /** A record a line, its fields divided by tabs; the script reads it. */
  private static String trace(List<TraceRecord> records) {
    StringBuilder text = new StringBuilder(records.size() * 96);
    for (TraceRecord each : records) {
      text.append(each.number()).append('\t').append(each.nanos()).append('\t');
      text.append(each.host()).append('\t').append(each.kind()).append('\t');
      text.append(each.cause()).append('\t').append(each.detail().replaceAll("\\s", " "));
      text.append('\n');
    }
    return text.toString().replace("<", "\\u003c");
  }

  private static String fill(String page, Map<String, String> parts) {
    StringBuilder filled = new StringBuilder(page.length() * 8);
    int done = 0;
    for (int at = page.indexOf("{{"); at >= 0; at = page.indexOf("{{", done)) {
      int end = page.indexOf("}}", at);
      filled.append(page, done, at);
      filled.append(Objects.requireNonNull(parts.get(page.substring(at + 2, end))));
      done = end + 2;
    }
    return filled.append(page, done, page.length()).toString();
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(FailoverReport.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

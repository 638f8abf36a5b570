package io.havip.examples;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.havip.VirtualRouterConfig;
import io.havip.core.keepalived.Diagnostic;
import io.havip.core.keepalived.ReadResult;
import io.havip.core.lint.FailoverTime;
import io.havip.core.lint.Finding;
import io.havip.core.lint.LintReport;
import io.havip.core.lint.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The result of a check for programs: one JSON object. Times are in seconds. */
final class CheckJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private CheckJson() {}

  static String of(Map<Path, ReadResult> results, Optional<LintReport> lint) {
    ObjectNode json = MAPPER.createObjectNode();
    ArrayNode files = json.putArray("files");
    results.forEach((file, result) -> file(file, result, files.addObject()));
    lint.ifPresent(report -> {
      ObjectNode cloud = json.putObject("cloud");
      ArrayNode findings = cloud.putArray("findings");
      report.findings().forEach(finding -> finding(finding, findings.addObject()));
      ArrayNode times = cloud.putArray("failover");
      report.failoverTimes().forEach(time -> time(time, times.addObject()));
      ArrayNode notChecked = cloud.putArray("not-checked");
      report.notChecked().stream().sorted().forEach(rule -> notChecked.add(rule.id()));
    });
    return json.toPrettyString();
  }

  private static void file(Path file, ReadResult result, ObjectNode json) {
    json.put("file", file.toString()).put("usable", result.config().isPresent());
    ArrayNode routers = json.putArray("routers");
    result
        .config()
        .ifPresent(config -> config.routers().forEach(each -> router(each, routers.addObject())));
    ArrayNode diagnostics = json.putArray("diagnostics");
    result.diagnostics().forEach(each -> diagnostic(each, diagnostics.addObject()));
  }

  private static void router(VirtualRouterConfig router, ObjectNode json) {
    json.put("name", router.name())
        .put("interface", router.interfaceName())
        .put("vrid", router.vrid())
        .put("version", router.version().number())
        .put("priority", router.priority())
        .put("advert-interval", seconds(router.advertInterval()));
    ArrayNode addresses = json.putArray("addresses");
    router.allAddresses().forEach(address -> addresses.add(address.toString()));
  }

  private static void diagnostic(Diagnostic diagnostic, ObjectNode json) {
    json.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
    place(new Place(diagnostic.file(), diagnostic.line(), diagnostic.column()), json);
    json.put("keyword", diagnostic.keyword())
        .put("message", diagnostic.message())
        .put("used-instead", diagnostic.usedInstead());
  }

  private static void finding(Finding finding, ObjectNode json) {
    json.put("rule", finding.rule().id()).put("severity", finding.severity().word());
    place(finding.place(), json);
    json.put("subject", finding.subject())
        .put("what", finding.what())
        .put("advice", finding.advice());
  }

  private static void time(FailoverTime time, ObjectNode json) {
    json.put("router", time.router());
    place(time.place(), json);
    json.put("active-down-interval", seconds(time.activeDownInterval()))
        .put("cloud-move-shortest", seconds(time.fastestMove()))
        .put("cloud-move-longest", seconds(time.slowestMove()))
        .put("after-crash-shortest", seconds(time.shortestAfterCrash()))
        .put("after-crash-longest", seconds(time.longestAfterCrash()))
        .put("after-leave-longest", seconds(time.longestAfterLeave()))
        .put("after-failed-check-longest", seconds(time.longestAfterFailedCheck()));
  }

  private static void place(Place place, ObjectNode json) {
    json.put("file", place.file()).put("line", place.line()).put("column", place.column());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}

package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.NotifyCommand;
import io.havip.NotifyFifo;
import io.havip.Preemption;
import io.havip.RunAs;
import io.havip.SyncGroup;
import io.havip.Track;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.core.keepalived.ReadResult;
import io.havip.core.lint.CloudRule;
import io.havip.core.lint.LintReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The result of a check for people. */
final class CheckText {

  private final PrintWriter out;

  CheckText(PrintWriter out) {
    this.out = out;
  }

  void file(Path file, ReadResult result) {
    result.diagnostics().forEach(d -> out.println(d.describe()));
    result.config().ifPresent(this::config);
    if (result.config().isEmpty()) {
      out.println(file + " cannot be used.");
    }
  }

  void lint(LintReport report) {
    out.println();
    report
        .findings()
        .forEach(finding -> {
          out.println(finding.describe());
          out.println("  " + finding.advice());
        });
    out.println(
        switch (report.findings().size()) {
          case 0 -> "Nothing in it is known to be wrong for a HAVIP in this VPC.";
          case 1 -> "One thing does not fit a HAVIP in this VPC.";
          default -> report.findings().size() + " things do not fit a HAVIP in this VPC.";
        });
    if (!report.notChecked().isEmpty()) {
      out.println(
          "Not checked, for no --subnet is given: "
              + report.notChecked().stream()
                  .sorted()
                  .map(CloudRule::id)
                  .collect(Collectors.joining(", ")));
    }
    report.failoverTimes().forEach(time -> out.println(time.place() + ": " + time.describe()));
  }

  private void config(HavipConfig config) {
    for (VirtualRouterConfig router : config.routers()) {
      out.printf(
          "%s: VRRP%s, VRID %d on %s, priority %d, adverts every %s ms by %s, %s%n",
          router.name(),
          router.version().toString().toLowerCase(Locale.ROOT),
          router.vrid(),
          router.interfaceName(),
          router.priority(),
          router.advertInterval().toMillis(),
          transport(router.transport()),
          preemption(router.preemption()));
      out.printf(
          "  addresses: %s%n",
          router.allAddresses().stream().map(Object::toString).collect(Collectors.joining(", ")));
      if (!router.tracks().isEmpty()) {
        out.printf("  depends on: %s%n", tracks(router.tracks()));
      }
      router
          .virtualInterface()
          .ifPresent(name -> out.printf("  virtual MAC address: on %s%n", name));
      told(router.notifications().commands());
    }
    for (SyncGroup group : config.syncGroups()) {
      out.printf("%s: a sync group of %s%n", group.name(), String.join(", ", group.routers()));
      if (!group.tracks().isEmpty()) {
        out.printf("  depends on: %s%n", tracks(group.tracks()));
      }
      told(group.notifyCommands());
    }
    for (NotifyFifo fifo : config.notifyFifos()) {
      out.printf(
          "pipe %s%s%n",
          fifo.path(),
          fifo.reader().map(r -> ", read by " + command(r.argv(), r.runAs())).orElse(""));
    }
    if (!config.startDelay().isZero()) {
      out.printf("takes part %s s after the start%n", config.startDelay().toSeconds());
    }
  }

  private void told(List<NotifyCommand> commands) {
    for (NotifyCommand each : commands) {
      String when =
          each.appendNotice()
              ? "every change"
              : each.occasions().stream()
                  .map(o -> o.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                  .collect(Collectors.joining(", "));
      out.printf("  tells of %s: %s%n", when, command(each.argv(), each.runAs()));
    }
  }

  private static String command(List<String> argv, Optional<RunAs> runAs) {
    return String.join(" ", argv) + runAs.map(as -> " (as " + as + ")").orElse("");
  }

  private static String tracks(List<Track> tracks) {
    return tracks.stream()
        .map(t -> t.label() + (t.weight() == 0 ? "" : " (weight " + t.weight() + ")"))
        .collect(Collectors.joining(", "));
  }

  private static String transport(Transport transport) {
    return switch (transport) {
      case Transport.Multicast multicast -> "multicast";
      case Transport.Unicast unicast ->
          "unicast from "
              + Objects.toString(unicast.source(), "the interface's address")
              + " to "
              + unicast.peers();
    };
  }

  private static String preemption(Preemption preemption) {
    return switch (preemption) {
      case Preemption.Never never -> "never preempts";
      case Preemption.After after when after.delay().isZero() -> "preempts";
      case Preemption.After after -> "preempts after " + after.delay().toSeconds() + " s";
    };
  }
}

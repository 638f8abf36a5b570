package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.Preemption;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.core.keepalived.ReadResult;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads a keepalived.conf and says what is doubtful in it and which values are in force. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Reads a keepalived.conf and prints its diagnostics and the values in force.")
final class CheckCommand implements Callable<Integer> {

  @Mixin private ConfigFile configFile = new ConfigFile();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ReadResult result = configFile.read();
    result.diagnostics().forEach(d -> out.println(d.describe()));
    result.config().ifPresent(config -> print(config, out));
    if (result.config().isEmpty()) {
      out.println(configFile.file() + " cannot be used.");
    }
    out.flush();
    return result.config().isPresent() ? ExitStatus.OK : ExitStatus.CONFIGURATION;
  }

  private static void print(HavipConfig config, PrintWriter out) {
    for (VirtualRouterConfig router : config.routers()) {
      out.printf(
          "%s: VRRP%s, VRID %d on %s, priority %d, adverts every %s ms by %s, %s%n",
          router.name(),
          router.version().toString().toLowerCase(java.util.Locale.ROOT),
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
        out.printf(
            "  depends on: %s%n",
            router.tracks().stream()
                .map(t -> t.label() + (t.weight() == 0 ? "" : " (weight " + t.weight() + ")"))
                .collect(Collectors.joining(", ")));
      }
    }
  }

  private static String transport(Transport transport) {
    return switch (transport) {
      case Transport.Multicast multicast -> "multicast";
      case Transport.Unicast unicast ->
          "unicast from " + unicast.source() + " to " + unicast.peers();
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

package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.spi.FenceOptions;
import io.havip.spi.FenceOptions.Use;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a node does beyond its file: fences, and the quick claim among members of this library. */
final class Protection {

  private enum Fences {
    auto(Use.AUTO),
    required(Use.REQUIRED),
    off(Use.OFF);

    private final Use use;

    Fences(Use use) {
      this.use = use;
    }
  }

  private enum Guardian {
    auto(Use.AUTO),
    on(Use.REQUIRED),
    off(Use.OFF);

    private final Use use;

    Guardian(Use use) {
      this.use = use;
    }
  }

  @Option(
      names = "--fence",
      paramLabel = "USE",
      description =
          "Silences the addresses of a process that dies or stalls: ${COMPLETION-CANDIDATES}."
              + " With required the node does not start on a host that has no such fence.")
  private Fences fences = Fences.auto;

  @Option(
      names = "--guardian",
      paramLabel = "USE",
      description =
          "Runs a second process that takes the addresses off and resigns in the place of this"
              + " one: ${COMPLETION-CANDIDATES}.")
  private Guardian guardian = Guardian.auto;

  @Option(
      names = "--quick-claim",
      paramLabel = "MILLISECONDS",
      description =
          "The longest round trip among the members; a takeover after a resignation then takes some"
              + " of these instead of the skew time. Not in the file, for Keepalived has no word"
              + " for it.")
  private Optional<Long> roundTrip = Optional.empty();

  FenceOptions fences() {
    return new FenceOptions(fences.use, fences.use, guardian.use);
  }

  /** The configuration of the file with what was asked for on the command line. */
  HavipConfig applyTo(HavipConfig config) {
    return roundTrip.map(Duration::ofMillis).map(quick -> quickly(config, quick)).orElse(config);
  }

  private static HavipConfig quickly(HavipConfig config, Duration quick) {
    return new HavipConfig(
        config.name(),
        config.routers().stream().map(r -> r.toBuilder().quickClaim(quick).build()).toList(),
        config.startDelay(),
        config.syncGroups(),
        config.notifyFifos());
  }
}

package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.RealNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code top --once} shows a node that runs in another process. */
class TopIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void aRunningNodeIsShown() throws IOException {
    RealNetwork.assume();
    try (Lab lab = Lab.open()) {
      LabHost host = lab.addHost("a", "172.17.16.7");
      KeepalivedConfig config =
          KeepalivedConfig.of(
              KeepalivedConfig.instance(51)
                  .set("interface", LabHost.INTERFACE)
                  .state("BACKUP")
                  .version(3)
                  .priority(120)
                  .advertInterval(Duration.ofMillis(500))
                  .vip("172.17.16.3"));
      Path file = Files.writeString(lab.folder().resolve("top.conf"), config.render());
      List<String> options = List.of("--enable-native-access=ALL-UNNAMED", "-Xmx64m");
      try (LabProcess node = host.startJava(options, Main.class, "node", "-f", file.toString())) {
        node.awaitLine(line -> line.contains(" -> ACTIVE,"), LIMIT);

        LabProcess top =
            host.startJava(options, Main.class, "top", "--once", Long.toString(node.pid()));

        assertThat(top.awaitExit(LIMIT)).isZero();
        List<String> page = top.lines().stream().map(LabProcess.Line::text).toList();
        assertThat(page).hasSizeLessThan(24);
        assertThat(page.stream().collect(Collectors.joining("\n")))
            .contains("VI_51", "ACTIVE", "this node", "172.17.16.3 (held here)", "fence ")
            .doesNotContain("\033");
      }
    }
  }
}

package io.havip.benchmarks;

import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.KeepalivedConfig.Instance;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts members of one group, Keepalived's and ours, by the same file. */
final class Members {

  static final String VIP = "172.17.16.3";
  static final int VRID = 51;
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path jar;

  /**
   * Starts nothing yet.
   *
   * @param jar of the examples
   */
  Members(Path jar) {
    this.jar = jar.toAbsolutePath();
  }

  /** Starts a Keepalived and waits until it takes part. */
  static LabProcess keepalived(LabHost host, int priority, Duration interval) {
    Keepalived keepalived = Keepalived.start(host, config(priority, interval));
    keepalived.awaitState(VRID, State.BACKUP, LIMIT);
    return keepalived.process();
  }

  /**
   * Starts a member of ours and waits until it takes part.
   *
   * @param options of the command {@code node}
   */
  LabProcess ours(LabHost host, int priority, Duration interval, String... options)
      throws IOException {
    Path file = host.lab().folder().resolve(host.name() + ".conf");
    Files.writeString(file, config(priority, interval).render());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", jar.toString(), "node", "-f", file.toString()));
    command.addAll(List.of(options));
    LabProcess process = host.start(command.toArray(String[]::new));
    process.awaitLine(l -> l.contains("INITIALIZE -> BACKUP"), LIMIT);
    return process;
  }

  private static KeepalivedConfig config(int priority, Duration interval) {
    Instance instance =
        KeepalivedConfig.instance(VRID)
            .set("interface", LabHost.INTERFACE)
            .state("BACKUP")
            .version(3)
            .priority(priority)
            .advertInterval(interval)
            .vip(VIP);
    return KeepalivedConfig.of(instance);
  }

  /** Waits for some adverts from now on. */
  static void awaitAdverts(Capture capture, LabHost holder, int count) {
    long since = System.nanoTime();
    for (int i = 0; i < count; i++) {
      since =
          capture
                  .awaitFrame(
                      "an advert of the holder",
                      f -> f.isAdvert(VRID, holder.address()),
                      since,
                      LIMIT)
                  .nanos()
              + 1;
    }
  }
}

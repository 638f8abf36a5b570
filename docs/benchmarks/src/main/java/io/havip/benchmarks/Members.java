package io.havip.benchmarks;

import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.KeepalivedConfig.Instance;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.Packet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
    Keepalived keepalived =
        Keepalived.start(host, KeepalivedConfig.of(instance(priority, interval)));
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
    LabProcess process =
        ours(host, instance(priority, interval), List.of(), Arrays.asList(options));
    process.awaitLine(l -> l.contains("INITIALIZE -> BACKUP"), LIMIT);
    return process;
  }

  /**
   * Starts a member of ours.
   *
   * @param jvmOptions before the command {@code node}
   * @param options behind it
   */
  LabProcess ours(LabHost host, Instance instance, List<String> jvmOptions, List<String> options)
      throws IOException {
    Path file = host.lab().folder().resolve(host.name() + ".conf");
    Files.writeString(file, KeepalivedConfig.of(instance).render());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar.toString(), "node", "-f", file.toString()));
    command.addAll(options);
    return host.start(command.toArray(String[]::new));
  }

  /** The group as a member of it sees it. */
  static Instance instance(int priority, Duration interval) {
    return KeepalivedConfig.instance(VRID)
        .set("interface", LabHost.INTERFACE)
        .state("BACKUP")
        .version(3)
        .priority(priority)
        .advertInterval(interval)
        .vip(VIP);
  }

  /** Whether a member resigns by this frame. */
  static boolean isResignation(Frame frame, String from) {
    return frame.isAdvert(VRID, from)
        && frame.packet() instanceof Packet.VrrpAdvert advert
        && advert.priority() == 0;
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

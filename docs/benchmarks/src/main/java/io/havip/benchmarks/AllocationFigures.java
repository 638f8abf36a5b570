package io.havip.benchmarks;

import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a member allocates in steady state on the real network: bytes of its loop's thread
 * for each advert sent or heard, and the growth of the old generation.
 */
public final class AllocationFigures {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int WARM_UP_SECONDS = 30;

  private AllocationFigures() {}

  /** One line of a member's report. */
  private record Reading(long nanos, long allocated, long old) {

    static Reading last(LabProcess member) {
      String[] words =
          member.lines().stream()
              .map(LabProcess.Line::text)
              .filter(line -> line.startsWith("figures "))
              .reduce((earlier, later) -> later)
              .orElseThrow()
              .split(" ", 0);
      return new Reading(
          Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }
  }

  /**
   * Runs the measurement and prints a Markdown table.
   *
   * @param args optionally how many seconds each row is measured (120)
   * @throws IOException if a configuration cannot be written
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 120;
    System.out.println("JVM flags: " + String.join(" ", ScaleFigures.JVM));
    System.out.println("| routers | member | bytes an advert | KiB a second | old generation |");
    System.out.println("|---|---|---|---|---|");
    measure(new ScaleScene(1, Duration.ofMillis(100), seconds));
    measure(new ScaleScene(250, Duration.ofMillis(100), seconds));
  }

  private static void measure(ScaleScene scene) throws IOException, InterruptedException {
    try (Lab lab = Lab.open(ScaleScene.SUBNET)) {
      LabProcess holder = start(lab.addHost("holder", "172.17.16.7"), scene, true);
      TimeUnit.SECONDS.sleep(2);
      LabProcess backup = start(lab.addHost("backup", "172.17.16.13"), scene, false);
      TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
      Reading holderBefore = Reading.last(holder);
      Reading backupBefore = Reading.last(backup);
      TimeUnit.SECONDS.sleep(scene.seconds());
      print(scene, "holder", holderBefore, Reading.last(holder));
      print(scene, "backup", backupBefore, Reading.last(backup));
    }
  }

  private static void print(ScaleScene scene, String member, Reading before, Reading after) {
    double seconds = (after.nanos() - before.nanos()) / 1e9;
    double bytes = (double) (after.allocated() - before.allocated());
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f | %.1f | %d -> %d KiB |%n",
        scene.name(),
        member,
        bytes / (seconds * scene.due()),
        bytes / seconds / 1024,
        before.old() / 1024,
        after.old() / 1024);
  }

  private static LabProcess start(LabHost host, ScaleScene scene, boolean holder)
      throws IOException {
    Path folder = Files.createTempDirectory(host.lab().folder(), host.name());
    Path file = Files.writeString(folder.resolve("vrrp.conf"), scene.config(holder).render());
    List<String> options = new ArrayList<>(ScaleFigures.JVM);
    options.add("--enable-native-access=ALL-UNNAMED");
    LabProcess process =
        host.startJava(options, ScaleMember.class, file.toString(), "none", "report");
    process.awaitLine(line -> line.equals("started"), LIMIT);
    return process;
  }
}

package io.havip.benchmarks;

import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.LabProcess.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures on the real network: the last advert of a holder killed by SIGKILL, to the first
 * gratuitous ARP of the backup. Keepalived holds; Keepalived and our member take turns as the
 * backup, in the same run. Times are the kernel's, taken on the bridge.
 */
public final class FailoverFigures {

  private static final int BACKUP_PRIORITY = 100;

  /** A JVM that has just started compiles its code meanwhile. */
  private static final int SETTLED_SECONDS = 5;

  private static final List<Duration> INTERVALS =
      List.of(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMillis(10));

  private final Members members;
  private final int runs;

  private FailoverFigures(Path jar, int runs) {
    members = new Members(jar);
    this.runs = runs;
  }

  /**
   * Runs the measurement and prints a Markdown table.
   *
   * @param args the examples' jar, and optionally the number of runs of each row (five)
   * @throws IOException if a configuration cannot be written
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    new FailoverFigures(Path.of(args[0]), runs).run();
  }

  private void run() throws IOException, InterruptedException {
    System.out.println("| advert interval | ideal ms | backup | runs ms | median ms | max ms |");
    System.out.println("|---|---|---|---|---|---|");
    for (Duration interval : INTERVALS) {
      List<Double> keepalived = new ArrayList<>();
      List<Double> ours = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        keepalived.add(measure(interval, false));
        ours.add(measure(interval, true));
      }
      print(interval, "Keepalived", keepalived);
      print(interval, "this library", ours);
    }
  }

  private static void print(Duration interval, String backup, List<Double> millis) {
    double ideal = interval.toNanos() / 1e6 * (3 + (256 - BACKUP_PRIORITY) / 256.0);
    System.out.printf(
        Locale.ROOT,
        "| %d ms | %.1f | %s | %s |%n",
        interval.toMillis(),
        ideal,
        backup,
        Millis.cells(millis));
  }

  private double measure(Duration interval, boolean ourBackup)
      throws IOException, InterruptedException {
    // Closing the lab ends what runs in it.
    try (Lab lab = Lab.open();
        Capture capture = lab.capture()) {
      LabHost holder = lab.addHost("holder", "172.17.16.7");
      LabHost backup = lab.addHost("backup", "172.17.16.13");
      LabProcess killed = Members.keepalived(holder, 200, interval);
      if (ourBackup) {
        members.ours(backup, BACKUP_PRIORITY, interval);
      } else {
        Members.keepalived(backup, BACKUP_PRIORITY, interval);
      }
      Members.awaitAdverts(capture, holder, 1);
      TimeUnit.SECONDS.sleep(SETTLED_SECONDS);
      Members.awaitAdverts(capture, holder, 5);
      long killedAt = killed.signalAll(Signal.KILL);
      Frame announcement =
          capture.awaitFrame(
              "the backup's announcement",
              f -> f.isAnnouncement(Members.VIP, backup.mac()),
              killedAt,
              Members.LIMIT);
      Frame last =
          capture
              .lastBefore(announcement, f -> f.isAdvert(Members.VRID, holder.address()))
              .orElseThrow();
      return announcement.since(last).toNanos() / 1e6;
    }
  }
}

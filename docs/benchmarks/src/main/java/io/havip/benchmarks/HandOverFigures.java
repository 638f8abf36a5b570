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
import java.util.function.Predicate;

/**
 * Measures on the real network two things that a holder does by itself: how long after SIGTERM its
 * backup has announced the address, and what it sends when it is resumed after the backup took
 * over. Times are the kernel's, taken on the bridge; the signal's is read just before.
 */
public final class HandOverFigures {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final List<Duration> RESUMED_AT = List.of(SECOND, Duration.ofMillis(100));
  private static final int STOPPED_SECONDS = 6;

  /** Less than any member listens for before it may take the address back. */
  private static final Duration AT_ONCE = Duration.ofMillis(200);

  private final Members members;
  private final int runs;

  /** A member by its make. */
  private enum Make {
    KEEPALIVED("Keepalived"),
    OURS("this library"),
    QUICK("this library, `--quick-claim 3`");

    private final String words;

    Make(String words) {
      this.words = words;
    }
  }

  /** What left a resumed holder. */
  private record Sent(int announcements, int adverts) {}

  private HandOverFigures(Path jar, int runs) {
    members = new Members(jar);
    this.runs = runs;
  }

  /**
   * Runs the measurement and prints two Markdown tables.
   *
   * @param args the examples' jar, and optionally the number of runs of each row (ten)
   * @throws IOException if a configuration cannot be written
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    HandOverFigures figures = new HandOverFigures(Path.of(args[0]), runs);
    figures.handOvers();
    System.out.println();
    figures.resumptions();
  }

  private void handOvers() throws IOException {
    System.out.println("| holder, SIGTERM | backup | to its first GARP: runs ms | median | max |");
    System.out.println("|---|---|---|---|---|");
    for (Make holder : List.of(Make.KEEPALIVED, Make.OURS)) {
      for (Make backup : Make.values()) {
        List<Double> millis = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
          millis.add(handOver(holder, backup));
        }
        System.out.printf(
            Locale.ROOT, "| %s | %s | %s |%n", holder.words, backup.words, Millis.cells(millis));
      }
    }
  }

  private double handOver(Make holding, Make waiting) throws IOException {
    try (Lab lab = Lab.open();
        Capture capture = lab.capture()) {
      LabHost holder = lab.addHost("holder", "172.17.16.7");
      LabHost backup = lab.addHost("backup", "172.17.16.13");
      LabProcess ended = start(holding, holder, 200, SECOND);
      start(waiting, backup, 100, SECOND);
      Members.awaitAdverts(capture, holder, 3);
      long at = ended.signal(Signal.TERM);
      Frame announcement =
          capture.awaitFrame(
              "the backup's announcement",
              f -> f.isAnnouncement(Members.VIP, backup.mac()),
              at,
              Members.LIMIT);
      return (announcement.nanos() - at) / 1e6;
    }
  }

  private void resumptions() throws IOException, InterruptedException {
    System.out.println(
        "| resumed after 6 s | adverts every | its announcements in 0.2 s | its adverts in 0.2 s"
            + " |");
    System.out.println("|---|---|---|---|");
    for (Duration interval : RESUMED_AT) {
      for (Make make : List.of(Make.KEEPALIVED, Make.OURS)) {
        List<Sent> sent = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
          sent.add(resume(make, interval));
        }
        System.out.printf(
            "| %s | %d ms | %s | %s |%n",
            make.words,
            interval.toMillis(),
            numbers(sent.stream().map(Sent::announcements).toList()),
            numbers(sent.stream().map(Sent::adverts).toList()));
      }
    }
  }

  private static String numbers(List<Integer> counts) {
    return String.join(", ", counts.stream().map(String::valueOf).toList());
  }

  private Sent resume(Make make, Duration interval) throws IOException, InterruptedException {
    try (Lab lab = Lab.open();
        Capture capture = lab.capture()) {
      LabHost holder = lab.addHost("holder", "172.17.16.7");
      LabHost backup = lab.addHost("backup", "172.17.16.13");
      LabProcess stopped = start(make, holder, 200, interval);
      Members.awaitAdverts(capture, holder, 2);
      start(make, backup, 100, interval);
      Members.awaitAdverts(capture, holder, 2);
      stopped.signalAll(Signal.STOP);
      TimeUnit.SECONDS.sleep(STOPPED_SECONDS);
      long resumed = stopped.signalAll(Signal.CONT);
      TimeUnit.SECONDS.sleep(1);
      List<Frame> after =
          capture.frames(f -> f.nanos() >= resumed && f.nanos() - resumed < AT_ONCE.toNanos());
      return new Sent(
          count(after, f -> f.isAnnouncement(Members.VIP, holder.mac())),
          count(after, f -> f.isAdvert(Members.VRID, holder.address())));
    }
  }

  private static int count(List<Frame> frames, Predicate<Frame> wanted) {
    return Math.toIntExact(frames.stream().filter(wanted).count());
  }

  private LabProcess start(Make make, LabHost host, int priority, Duration interval)
      throws IOException {
    return switch (make) {
      case KEEPALIVED -> Members.keepalived(host, priority, interval);
      case OURS -> members.ours(host, priority, interval);
      case QUICK -> members.ours(host, priority, interval, "--quick-claim", "3");
    };
  }
}

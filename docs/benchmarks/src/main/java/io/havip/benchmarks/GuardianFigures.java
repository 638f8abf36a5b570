package io.havip.benchmarks;

import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Frr;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.KeepalivedConfig.Instance;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.LabProcess.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures on the real network what becomes of a holder that is killed by SIGKILL at adverts of one
 * second: how long until its guardian has taken the address off and resigned, and until the backup
 * has announced it. Times are the kernel's, taken on the bridge; the signal's is read just before.
 * Then measures what the guardian costs while all is well.
 */
public final class GuardianFigures {

  private static final String VIRTUAL_MAC = "00:00:5e:00:01:33";
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> SMALL_HEAP = List.of("-Xms64m", "-Xmx64m");
  private static final List<String> LARGE_HEAP = List.of("-Xms4g", "-Xmx4g");
  private static final int WATCH_SECONDS = 60;

  /** Clock ticks of {@code /proc} in a second, on every Linux of today. */
  private static final double TICKS = 100;

  private final Members members;
  private final int runs;

  /**
   * Milliseconds from the signal to the resignation, not a number if there is none, and to GARP.
   */
  private record Outcome(double resigned, double announced) {}

  /** Who takes over. */
  private enum Backup {
    OURS("this library"),
    KEEPALIVED("Keepalived"),
    FRR("FRR");

    private final String words;

    Backup(String words) {
      this.words = words;
    }

    /** FRR knows no addresses but those behind a virtual MAC address. */
    boolean virtualMac() {
      return this == FRR;
    }
  }

  private GuardianFigures(Path jar, int runs) {
    members = new Members(jar);
    this.runs = runs;
  }

  /**
   * Runs the measurement and prints three Markdown tables.
   *
   * @param args the examples' jar, and optionally the number of runs of each row (ten)
   * @throws IOException if a file cannot be written or read
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    GuardianFigures figures = new GuardianFigures(Path.of(args[0]), runs);
    figures.kills();
    System.out.println();
    new EndFigures(runs).print();
    figures.costs();
  }

  private void kills() throws IOException {
    System.out.println(
        "| holder | backup | kill to resignation, address off: runs ms | median | max"
            + " | kill to first GARP: runs ms | median | max |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (Backup backup : Backup.values()) {
      row("this library, 64 MiB", SMALL_HEAP, backup);
      row("this library, 4 GiB touched", LARGE_HEAP, backup);
    }
    row("Keepalived", List.of(), Backup.KEEPALIVED);
  }

  private void row(String holder, List<String> heap, Backup backup) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      outcomes.add(kill(heap, backup));
    }
    System.out.printf(
        "| %s | %s | %s | %s |%n",
        holder,
        backup.words,
        Millis.cells(outcomes.stream().map(Outcome::resigned).toList()),
        Millis.cells(outcomes.stream().map(Outcome::announced).toList()));
  }

  private Outcome kill(List<String> heap, Backup program) throws IOException {
    try (Lab lab = Lab.open();
        Capture capture = lab.capture()) {
      LabHost holder = lab.addHost("holder", "172.17.16.7");
      LabHost backup = lab.addHost("backup", "172.17.16.13");
      LabProcess killed = startHolder(holder, heap, program.virtualMac());
      startBackup(backup, program);
      Members.awaitAdverts(capture, holder, 2);
      long at = killed.signalAll(Signal.KILL);
      Frame announcement =
          capture.awaitFrame(
              "the backup's announcement",
              f -> f.isAnnouncement(Members.VIP, program.virtualMac() ? VIRTUAL_MAC : backup.mac()),
              at,
              LIMIT);
      List<Frame> resignations =
          capture.frames(f -> f.nanos() >= at && Members.isResignation(f, holder.address()));
      double resigned =
          resignations.isEmpty() ? Double.NaN : (resignations.getFirst().nanos() - at) / 1e6;
      return new Outcome(resigned, (announcement.nanos() - at) / 1e6);
    }
  }

  /** Without a heap the holder is Keepalived. */
  private LabProcess startHolder(LabHost host, List<String> heap, boolean virtualMac)
      throws IOException {
    Instance instance = Members.instance(200, INTERVAL);
    if (virtualMac) {
      instance = instance.set("use_vmac", "");
    }
    if (heap.isEmpty()) {
      Keepalived keepalived = Keepalived.start(host, KeepalivedConfig.of(instance));
      keepalived.awaitState(Members.VRID, State.MASTER, LIMIT);
      return keepalived.process();
    }
    List<String> options = new ArrayList<>(heap);
    options.add("-XX:+AlwaysPreTouch");
    LabProcess process = members.ours(host, instance, options, List.of("--guardian", "on"));
    process.awaitLine(l -> l.contains(" -> ACTIVE"), LIMIT);
    return process;
  }

  private void startBackup(LabHost host, Backup program) throws IOException {
    switch (program) {
      case OURS ->
          members
              .ours(
                  host, Members.instance(100, INTERVAL), SMALL_HEAP, List.of("--quick-claim", "3"))
              .awaitLine(l -> l.contains("INITIALIZE -> BACKUP"), LIMIT);
      case KEEPALIVED -> Members.keepalived(host, 100, INTERVAL);
      case FRR ->
          Frr.start(host, new Frr.Group(Members.VRID, 100, INTERVAL, List.of(Members.VIP)))
              .awaitState(Members.VRID, Frr.State.BACKUP, LIMIT);
    }
  }

  private void costs() throws IOException, InterruptedException {
    try (Lab lab = Lab.open()) {
      LabHost host = lab.addHost("holder", "172.17.16.7");
      LabProcess process = startHolder(host, SMALL_HEAP, false);
      long guardian =
          ProcessHandle.of(process.pid()).stream()
              .flatMap(ProcessHandle::children)
              .findFirst()
              .orElseThrow()
              .pid();
      Path proc = Path.of("/proc", Long.toString(guardian));
      long before = ticks(proc);
      Thread.sleep(Duration.ofSeconds(WATCH_SECONDS));
      double share = (ticks(proc) - before) / TICKS / WATCH_SECONDS;
      System.out.println();
      System.out.println("| the guardian, all being well | |");
      System.out.println("|---|---|");
      System.out.printf("| private memory (clean and dirty) | %d KiB |%n", privateMemory(proc));
      System.out.printf(
          Locale.ROOT, "| processor, over %d s | %.3f %% |%n", WATCH_SECONDS, share * 100);
    }
  }

  private static long privateMemory(Path proc) throws IOException {
    return Files.readAllLines(proc.resolve("smaps_rollup")).stream()
        .filter(line -> line.startsWith("Private_"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  /** User and system time. */
  private static long ticks(Path proc) throws IOException {
    String stat = Files.readString(proc.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }
}

package io.havip.benchmarks;

import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.LabProcess.Signal;
import io.havip.testkit.lab.Packet;
import io.havip.testkit.lab.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures the kernel's fences on the real network, without a guardian: what they cost healthy
 * traffic, and what a stopped holder still answers when the other member has taken over.
 */
public final class FenceFigures {

  private static final String VIP = "172.17.16.3";
  private static final int VRID = 51;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final List<Long> INTERVALS = List.of(1000L, 100L, 20L);
  private static final List<Long> STALLS = List.of(100L, 500L, 1000L, 5000L, 20_000L, 60_000L);

  /** Asks for the neighbour anew each time; prints how often, and how often in vain. */
  private static final String ARP_LOOP =
      """
      asked=0; lost=0; end=$(( $(date +%%s) + %d ))
      while [ $(date +%%s) -lt $end ]; do
        ip neigh flush to %s dev eth0
        ping -q -c1 -W0.5 %s > /dev/null || lost=$((lost + 1))
        asked=$((asked + 1))
      done
      echo $asked asked, $lost lost
      """;

  private final Path jar;

  private FenceFigures(Path jar) {
    this.jar = jar;
  }

  /**
   * Runs the measurements and prints Markdown tables.
   *
   * @param args the examples' jar, and optionally the seconds of healthy operation (210)
   * @throws IOException if a configuration cannot be written
   * @throws InterruptedException never
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    FenceFigures figures = new FenceFigures(Path.of(args[0]).toAbsolutePath());
    figures.healthy(args.length > 1 ? Integer.parseInt(args[1]) : 210);
    System.out.println();
    figures.stalls();
  }

  private void healthy(int seconds) throws IOException {
    try (Lab lab = Lab.open();
        Capture capture = lab.capture()) {
      LabHost host = lab.addHost("holder", "172.17.16.7");
      LabHost client = lab.addHost("client", "172.17.16.100");
      LabHost asker = lab.addHost("asker", "172.17.16.101");
      member(host, 200, 10).awaitLine(l -> l.contains(" -> ACTIVE,"), LIMIT);
      LabProcess answering = Probe.answerOn(host);
      long began = System.nanoTime();
      Probe tcp = Probe.start(client, VIP, Duration.ofMillis(10), Duration.ofMillis(500));
      LabProcess arp = asker.start("sh", "-c", ARP_LOOP.formatted(seconds, VIP, VIP));
      LabProcess ping =
          client.start("ping", "-q", "-i", "0.002", "-w", Integer.toString(seconds), VIP);
      String pinged = last(ping, "transmitted");
      String asked = last(arp, "asked");
      List<Probe.Attempt> attempts = tcp.attempts();
      tcp.close();
      capture.drain();
      long adverts = capture.frames(f -> f.nanos() > began && f.isAdvert(VRID)).size();
      long failed = attempts.stream().filter(a -> a.outcome() != Probe.Outcome.ANSWERED).count();
      System.out.println("| renewals | ICMP | ARP and ICMP | TCP connections |");
      System.out.println("|---|---|---|---|");
      System.out.printf(
          "| %d | %s | %s | %d, %d failed |%n", adverts, pinged, asked, attempts.size(), failed);
      answering.close();
    }
  }

  private static String last(LabProcess process, String word) {
    process.awaitExit(Duration.ofHours(1));
    return process.lines().stream()
        .map(LabProcess.Line::text)
        .filter(line -> line.contains(word))
        .findFirst()
        .orElse("?");
  }

  private void stalls() throws IOException, InterruptedException {
    System.out.println(
        "| adverts every | stopped for | other speaks after | holder silent after | answers of both"
            + " |");
    System.out.println("|---|---|---|---|---|");
    for (long interval : INTERVALS) {
      for (long stall : STALLS) {
        stall(interval, stall);
      }
    }
  }

  /** Times count from the last advert of the holder before it was stopped. */
  private void stall(long interval, long stall) throws IOException, InterruptedException {
    try (Lab lab = Lab.open();
        Capture capture = lab.capture()) {
      LabHost host = lab.addHost("holder", "172.17.16.7");
      LabHost other = lab.addHost("other", "172.17.16.13");
      LabHost client = lab.addHost("client", "172.17.16.100");
      LabHost asker = lab.addHost("asker", "172.17.16.101");
      LabProcess holder = member(host, 200, interval);
      holder.awaitLine(l -> l.contains(" -> ACTIVE,"), LIMIT);
      member(other, 100, interval).awaitLine(l -> l.contains(" -> BACKUP,"), LIMIT);
      // A neighbour whose cache nobody puts right.
      client.exec("ip", "neigh", "replace", VIP, "lladdr", host.mac(), "dev", "eth0");
      client.start("ping", "-q", "-i", "0.002", VIP);
      asker.start("sh", "-c", ARP_LOOP.formatted(200, VIP, VIP));
      TimeUnit.SECONDS.sleep(2);
      long stopped = holder.signal(Signal.STOP);
      TimeUnit.MILLISECONDS.sleep(stall);
      long resumed = holder.signal(Signal.CONT);
      TimeUnit.MILLISECONDS.sleep(4 * interval);
      capture.drain();
      report(capture, host, other, new long[] {interval, stall, stopped, resumed});
    }
  }

  private static void report(Capture capture, LabHost host, LabHost other, long[] scene) {
    long stopped = scene[2];
    long resumed = scene[3];
    long since =
        capture
            .frames(f -> f.nanos() < stopped && f.isAdvert(VRID, host.address()))
            .getLast()
            .nanos();
    Optional<Frame> takeover =
        capture.frames(f -> f.nanos() > stopped && f.isAdvert(VRID, other.address())).stream()
            .findFirst();
    long back =
        capture.frames(f -> f.nanos() > resumed && f.isAdvert(VRID, host.address())).stream()
            .mapToLong(Frame::nanos)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    List<Frame> answers = capture.frames(f -> isAnswer(f, host.mac()) && f.nanos() < back);
    long from = takeover.map(Frame::nanos).orElse(Long.MAX_VALUE);
    long silent =
        answers.stream()
            .mapToLong(Frame::nanos)
            .filter(at -> at < Math.min(from, resumed))
            .max()
            .orElse(since);
    System.out.printf(
        Locale.ROOT,
        "| %d ms | %.1f s | %s | %s | %d |%n",
        scene[0],
        scene[1] / 1e3,
        takeover.map(f -> millis(f.nanos() - since)).orElse("never"),
        millis(silent - since),
        answers.stream().filter(f -> f.nanos() > from).count());
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  /** Whether the host of that MAC address answers for the address, by ARP or ICMP. */
  private static boolean isAnswer(Frame frame, String mac) {
    if (frame.packet() instanceof Packet.Arp arp) {
      return arp.operation() == 2 && arp.senderMac().equals(mac) && arp.senderIp().equals(VIP);
    }
    byte[] bytes = frame.bytes();
    return bytes.length >= 34
        && HexFormat.of().formatHex(bytes, 12, 14).equals("0800")
        && bytes[23] == 1
        && HexFormat.of().formatHex(bytes, 26, 30).equals("ac111003")
        && HexFormat.ofDelimiter(":").formatHex(bytes, 6, 12).equals(mac);
  }

  private LabProcess member(LabHost host, int priority, long interval) throws IOException {
    KeepalivedConfig config =
        KeepalivedConfig.of(
            KeepalivedConfig.instance(VRID)
                .set("interface", LabHost.INTERFACE)
                .state("BACKUP")
                .version(3)
                .priority(priority)
                .advertInterval(Duration.ofMillis(interval))
                .vip(VIP));
    Path file = host.lab().folder().resolve(host.name() + ".conf");
    Files.writeString(file, config.render());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return host.start(
        java,
        "-jar",
        jar.toString(),
        "node",
        "-f",
        file.toString(),
        "--fence",
        "required",
        "--guardian",
        "off");
  }
}

package io.havip.benchmarks;

import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Conversation;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabException;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.LabProcess.Signal;
import io.havip.testkit.lab.Packet;
import io.havip.testkit.lab.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What a stopped holder still answers: to ARP, to pings, to new TCP connections and in one that was
 * open before.
 */
final class StallFigures {

  private static final String VIP = "172.17.16.3";
  private static final int VRID = 51;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final List<Long> INTERVALS = List.of(1000L, 100L, 20L);
  private static final List<Long> SHORT = List.of(100L, 500L, 1000L);

  /** Of all intervals at the same time, or it would take ten minutes. */
  private static final List<Long> LONG = List.of(5000L, 20_000L, 60_000L);

  private static final Duration EVERY = Duration.ofMillis(5);
  private static final int ICMP = 1;
  private static final int TCP = 6;

  private final Path jar;

  StallFigures(Path jar) {
    this.jar = jar;
  }

  void print() throws IOException, InterruptedException {
    System.out.println(
        "| adverts every | stopped for | other speaks after | holder silent after: ARP | ICMP | TCP"
            + " | answers of both: ARP | ICMP | TCP |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (long interval : INTERVALS) {
      rows(interval, SHORT).forEach(System.out::println);
    }
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<List<String>>> all = new ArrayList<>();
      for (long interval : INTERVALS) {
        all.add(threads.submit(() -> rows(interval, LONG)));
      }
      for (Future<List<String>> rows : all) {
        rows.get().forEach(System.out::println);
      }
    } catch (ExecutionException e) {
      throw new LabException("stalls cannot be measured", e);
    }
  }

  private List<String> rows(long interval, List<Long> stalls)
      throws IOException, InterruptedException {
    List<String> rows = new ArrayList<>();
    try (Lab lab = Lab.open();
        Capture capture = lab.capture()) {
      LabHost host = lab.addHost("holder", "172.17.16.7");
      LabHost other = lab.addHost("other", "172.17.16.13");
      LabHost client = lab.addHost("client", "172.17.16.100");
      LabHost asker = lab.addHost("asker", "172.17.16.101");
      LabProcess holder = member(host, 200, interval);
      holder.awaitLine(l -> l.contains(" -> ACTIVE,"), LIMIT);
      member(other, 100, interval).awaitLine(l -> l.contains(" -> BACKUP,"), LIMIT);
      Probe.answerOn(host);
      // A neighbour whose cache nobody puts right.
      client.exec(
          "ip", "neigh", "replace", VIP, "lladdr", host.mac(), "dev", "eth0", "nud", "permanent");
      client.start("ping", "-q", "-i", "0.002", VIP);
      LabProcess asking =
          asker.startJava(
              List.of("-Xmx64m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"),
              ArpAsker.class,
              VIP,
              Long.toString(EVERY.toMillis()));
      asking.awaitLine(line -> line.startsWith("asked "), LIMIT);
      Probe.start(client, VIP, EVERY, Duration.ofMillis(20));
      for (long stall : stalls) {
        // The one of the last stall waits long before it sends again.
        try (Conversation _ = Conversation.start(client, VIP, EVERY)) {
          rows.add(new Row(capture, host, other, interval, stall).take(holder));
        }
      }
    }
    return rows;
  }

  /** One stall. Times are on the axis of {@link System#nanoTime}. */
  private record Row(Capture capture, LabHost host, LabHost other, long interval, long stall) {

    String take(LabProcess holder) throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(500);
      long stopped = holder.signal(Signal.STOP);
      TimeUnit.MILLISECONDS.sleep(stall);
      long resumed = holder.signal(Signal.CONT);
      TimeUnit.MILLISECONDS.sleep(4 * interval);
      capture.awaitFrame(
          "the holder's return", f -> f.isAdvert(VRID, host.address()), resumed, LIMIT);
      capture.drain();
      return text(stopped, resumed);
    }

    /** Times count from the last advert of the holder before it stood still. */
    private String text(long stopped, long resumed) {
      long takeover = firstAdvert(other, stopped);
      long back = firstAdvert(host, resumed);
      // One that had been on its way when the signal was sent is the last.
      long end = Math.min(takeover, resumed);
      long since =
          capture
              .frames(f -> f.nanos() < end && f.isAdvert(VRID, host.address()))
              .getLast()
              .nanos();
      StringBuilder silent = new StringBuilder();
      StringBuilder both = new StringBuilder();
      for (int protocol : List.of(0, ICMP, TCP)) {
        long[] answers =
            capture
                .frames(f ->
                    f.nanos() >= since && f.nanos() < back && isAnswer(f, host.mac(), protocol))
                .stream()
                .mapToLong(Frame::nanos)
                .toArray();
        long last = Arrays.stream(answers).filter(at -> at < end).max().orElse(since);
        silent.append(" | ").append(millis(last - since));
        both.append(" | ").append(Arrays.stream(answers).filter(at -> at > takeover).count());
      }
      return String.format(
          Locale.ROOT,
          "| %d ms | %.1f s | %s%s%s |",
          interval,
          stall / 1e3,
          takeover == Long.MAX_VALUE ? "never" : millis(takeover - since),
          silent,
          both);
    }

    private long firstAdvert(LabHost from, long since) {
      return capture.frames(f -> f.nanos() > since && f.isAdvert(VRID, from.address())).stream()
          .mapToLong(Frame::nanos)
          .findFirst()
          .orElse(Long.MAX_VALUE);
    }
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  /** Whether the host of that MAC address answers for the address; protocol 0 is ARP. */
  private static boolean isAnswer(Frame frame, String mac, int protocol) {
    if (protocol == 0) {
      return frame.packet() instanceof Packet.Arp arp
          && arp.operation() == 2
          && arp.senderMac().equals(mac)
          && arp.senderIp().equals(VIP);
    }
    byte[] bytes = frame.bytes();
    return bytes.length >= 34
        && HexFormat.of().formatHex(bytes, 12, 14).equals("0800")
        && bytes[23] == protocol
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

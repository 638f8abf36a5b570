package io.havip.benchmarks;

import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the renewals of the stall fence cost healthy traffic: hosts with fences and one without are
 * asked by ARP and connected to by TCP all the time, side by side. What the one without loses as
 * well, the machine has lost; what is lost while a renewal is late, the lateness.
 */
final class RenewalFigures {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Of the adverts, in milliseconds; 0 for no fence. */
  private static final List<Long> INTERVALS = List.of(0L, 20L, 100L);

  /** The process's count and the kernel's are read some tenths of a second apart. */
  private static final int MARGIN = 200;

  /** Between renewals, as GateIT does it; between questions as well. */
  private static final long PERIOD = 5;

  private static final List<String> SMALL =
      List.of("-Xmx64m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

  /** A span of time in which the address was shut, or a question unanswered. */
  private record Span(long from, long to) {

    boolean touches(Span other) {
      return from <= other.to && other.from <= to;
    }
  }

  /** A host with its address, and who asks for it. */
  private static final class Side {

    private final long interval;
    private final LabHost host;
    private final LabHost client;
    private final LabProcess member;
    private final LabProcess asker;
    private final Probe tcp;
    private long since;
    private long sentAgainBefore;
    private long askedBefore;
    private long renewalsBefore;
    private long generationBefore;

    /**
     * Starts everything.
     *
     * @param number distinguishes the hosts
     * @param interval of the adverts in milliseconds; 0 for no fence
     */
    Side(Lab lab, int number, long interval) {
      this.interval = interval;
      String vip = "172.17.16." + number;
      host = lab.addHost("host" + number, "172.17.16." + (number + 10));
      client = lab.addHost("client" + number, "172.17.16." + (number + 100));
      for (LabHost each : List.of(host, client)) {
        // The kernel would send again what is late, and not only what is lost.
        each.exec("sh", "-c", "echo 0 > /proc/sys/net/ipv4/tcp_early_retrans");
      }
      member =
          host.startJava(
              SMALL,
              GateMember.class,
              vip,
              interval > 0 ? "fence" : "none",
              Long.toString(Math.max(1, interval)),
              Long.toString(PERIOD));
      Probe.answerOn(host);
      member.awaitLine(line -> line.startsWith("renewals "), LIMIT);
      asker = client.startJava(SMALL, ArpAsker.class, vip, Long.toString(PERIOD));
      tcp = Probe.start(client, vip, Duration.ofMillis(2 * PERIOD), Duration.ofMillis(500));
      asker.awaitLine(line -> line.startsWith("asked "), LIMIT);
    }

    void begin() {
      sentAgainBefore = sentAgain();
      askedBefore = number(asker, "asked");
      generationBefore = generation();
      renewalsBefore = number(member, "renewals");
      since = System.nanoTime();
    }

    long renewals() {
      return number(member, "renewals") - renewalsBefore;
    }

    /** How many transactions the kernel's nftables have made; each prints the next number. */
    private long generation() {
      if (interval == 0) {
        return 0;
      }
      try (LabProcess monitor = host.start("nft", "monitor")) {
        String line = monitor.awaitLine(text -> text.startsWith("# new generation"), LIMIT).text();
        return Long.parseLong(line.split(" ", -1)[3]);
      }
    }

    /** TCP segments for which no acknowledgement came, of both ends. */
    private long sentAgain() {
      return host.tcpRetransmissions() + client.tcpRetransmissions();
    }

    private List<Span> shut() {
      return spans(member, "late").filter(span -> span.to >= since).toList();
    }

    String row() {
      long made = renewals();
      long kernel = generation() - generationBefore;
      List<Span> shut = shut();
      List<Span> silent = spans(asker, "lost").filter(span -> span.from >= since).toList();
      List<Probe.Attempt> attempts =
          tcp.attempts().stream().filter(a -> a.nanos() >= since).toList();
      List<Span> failed =
          attempts.stream()
              .filter(a -> a.outcome() != Probe.Outcome.ANSWERED)
              .map(a -> new Span(a.nanos(), a.endNanos()))
              .toList();
      List<Span> lost = new ArrayList<>(silent);
      lost.addAll(failed);
      long apart = lost.stream().filter(l -> shut.stream().noneMatch(l::touches)).count();
      return "| %s | %s | %d | %d, %d lost | %d, %d failed | %d | %d |"
          .formatted(
              interval == 0 ? "none" : "of adverts every " + interval + " ms",
              interval == 0 ? "–" : "%d (%d)".formatted(made, kernel),
              shut.size(),
              number(asker, "asked") - askedBefore,
              silent.size(),
              attempts.size(),
              failed.size(),
              sentAgain() - sentAgainBefore,
              apart);
    }
  }

  private RenewalFigures() {}

  /**
   * Runs and prints a table, which has fewer renewals if the machine is too busy.
   *
   * @param wanted how many renewals, which take a little more than {@value #PERIOD} ms each
   */
  static void print(int wanted) {
    new RenewalFigures().run(wanted);
  }

  private void run(int wanted) {
    try (Lab lab = Lab.open()) {
      List<Side> sides = new ArrayList<>();
      for (long interval : INTERVALS) {
        sides.add(new Side(lab, 3 + sides.size(), interval));
      }
      sides.forEach(Side::begin);
      // A machine that is far slower than the period says is not waited for.
      long end = System.nanoTime() + 3L * wanted * PERIOD * 1_000_000 / 2;
      for (Side side : sides) {
        while (side.interval > 0 && side.renewals() < wanted + MARGIN && System.nanoTime() < end) {
          side.member.awaitLine(line -> line.startsWith("renewals "), System.nanoTime(), LIMIT);
        }
      }
      System.out.println(
          "| fence | renewals (transactions of the kernel) | of these late | ARP questions"
              + " | TCP connections | TCP segments sent again | lost, no renewal being late |");
      System.out.println("|---|---|---|---|---|---|---|");
      sides.forEach(side -> System.out.println(side.row()));
    }
  }

  /** The last such number that the process has printed. */
  private static long number(LabProcess process, String word) {
    return process.lines().reversed().stream()
        .map(LabProcess.Line::text)
        .filter(text -> text.startsWith(word + " "))
        .mapToLong(text -> Long.parseLong(text.substring(word.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  /** What the process has printed with one or two times behind the word. */
  private static Stream<Span> spans(LabProcess process, String word) {
    return process.lines().stream()
        .map(line -> line.text().split(" ", -1))
        .filter(words -> words[0].equals(word))
        .map(words -> new Span(Long.parseLong(words[1]), Long.parseLong(words[words.length - 1])));
  }
}

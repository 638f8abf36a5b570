package io.havip.benchmarks;

import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabException;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the renewals of the stall fence cost healthy traffic: two hosts at the same time, of which
 * one has no fence, are asked by ARP and connected to by TCP all the time. Only the fence can lose
 * what the host without one does not lose.
 */
final class RenewalFigures {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The address is shut 55 ms after a renewal. */
  private static final long INTERVAL = 20;

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
  private final class Side {

    private final String words;
    private final boolean fenced;
    private final LabHost host;
    private final LabHost client;
    private final LabProcess member;
    private final LabProcess asker;
    private final Probe tcp;
    private final long since;
    private final long sentAgainBefore;
    private final long renewalsBefore;
    private final long generationBefore;

    Side(Lab lab, String name, int number, boolean fenced) {
      this.fenced = fenced;
      words = fenced ? "with" : "without";
      String vip = "172.17.16." + number;
      host = lab.addHost(name, "172.17.16." + (number + 10));
      client = lab.addHost(name + "client", "172.17.16." + (number + 100));
      member =
          host.startJava(
              SMALL,
              GateMember.class,
              vip,
              fenced ? "fence" : "none",
              Long.toString(INTERVAL),
              Long.toString(PERIOD));
      Probe.answerOn(host);
      member.awaitLine(line -> line.startsWith("renewals "), LIMIT);
      asker = client.startJava(SMALL, ArpAsker.class, vip, Long.toString(PERIOD));
      tcp = Probe.start(client, vip, Duration.ofMillis(PERIOD), Duration.ofMillis(500));
      asker.awaitLine(line -> line.startsWith("asked "), LIMIT);
      sentAgainBefore = sentAgain();
      generationBefore = generation();
      renewalsBefore = number(member, "renewals");
      since = System.nanoTime();
    }

    long renewals() {
      return number(member, "renewals") - renewalsBefore;
    }

    /** How many transactions the kernel's nftables have made; each prints the next number. */
    private long generation() {
      if (!fenced) {
        return 0;
      }
      try (LabProcess monitor = host.start("nft", "monitor")) {
        String line = monitor.awaitLine(text -> text.startsWith("# new generation"), LIMIT).text();
        return Long.parseLong(line.split(" ", -1)[3]);
      }
    }

    /** TCP segments for which no acknowledgement came, of both ends. */
    private long sentAgain() {
      return Stream.of(host, client).mapToLong(RenewalFigures::retransmitted).sum();
    }

    private List<Span> shut() {
      return spans(member, "late").filter(span -> span.to >= since).toList();
    }

    String row() {
      long kernel = generation() - generationBefore;
      long made = renewals();
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
              words,
              fenced ? "%d (%d)".formatted(made, kernel) : "–",
              shut.size(),
              number(asker, "asked"),
              silent.size(),
              attempts.size(),
              failed.size(),
              sentAgain() - sentAgainBefore,
              apart);
    }
  }

  private RenewalFigures() {}

  /**
   * Runs and prints a table.
   *
   * @param wanted how many renewals, a little less than {@value #PERIOD} ms each
   */
  static void print(int wanted) {
    new RenewalFigures().run(wanted);
  }

  private void run(int wanted) {
    try (Lab lab = Lab.open()) {
      Side plain = new Side(lab, "plain", 3, false);
      Side fenced = new Side(lab, "fenced", 4, true);
      // Far slower than the period says, the machine is of no use for this.
      long end = System.nanoTime() + 2 * wanted * PERIOD * 1_000_000;
      while (fenced.renewals() < wanted) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (left.isNegative()) {
          throw new LabException(
              "only %d of %d renewals in twice their time: the machine is too busy"
                  .formatted(fenced.renewals(), wanted));
        }
        fenced.member.awaitLine(
            line -> line.startsWith("renewals "), System.nanoTime(), Duration.ofSeconds(10));
      }
      System.out.println(
          "| fence | renewals (transactions of the kernel) | later than the bound | ARP questions"
              + " | TCP connections | TCP segments sent again | lost, no renewal being late |");
      System.out.println("|---|---|---|---|---|---|---|");
      System.out.println(fenced.row());
      System.out.println(plain.row());
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

  private static long retransmitted(LabHost host) {
    List<String[]> tcp =
        host.exec("cat", "/proc/net/snmp")
            .lines()
            .filter(line -> line.startsWith("Tcp:"))
            .map(line -> line.split(" ", -1))
            .toList();
    int column = List.of(tcp.getFirst()).indexOf("RetransSegs");
    return Long.parseLong(tcp.getLast()[column]);
  }
}

package io.havip.benchmarks;

import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gratuitous ARP of a host on all its interfaces, by tcpdump and the kernel's time stamps. For
 * cables that lead past the bridge.
 */
final class Announcements implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern LINE =
      Pattern.compile("(\\d+)\\.(\\d{9}) .*who-has (\\S+)(?: \\(\\S+\\))? tell (\\S+),.*");

  private final LabProcess tcpdump;

  Announcements(LabHost host) {
    tcpdump =
        host.start("tcpdump", "-i", "any", "-n", "-l", "-tt", "--time-stamp-precision=nano", "arp");
    tcpdump.awaitLine(line -> line.contains("listening on"), LIMIT);
  }

  /**
   * Waits for the first announcement of each address.
   *
   * @param killedAt on the axis of {@link System#nanoTime}
   * @param addresses how many are expected
   * @return when each came, in ms after that, sorted; fewer if it takes too long
   */
  List<Double> after(long killedAt, int addresses) {
    Instant now = Instant.now();
    long wall = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    long killedOnWall = wall - (System.nanoTime() - killedAt);
    return firstOfEach(
        tcpdump::lines, addresses, (line, first) -> note(line.text(), killedOnWall, first));
  }

  /**
   * Reads what comes until there was an announcement of each address.
   *
   * @param seen all that came so far, in its order
   * @param addresses how many are expected
   * @param note puts the time of an announcement beside its address, if that is the first
   * @return these times, sorted; fewer if it takes too long
   */
  static <T> List<Double> firstOfEach(
      Supplier<List<T>> seen, int addresses, BiConsumer<T, Map<String, Double>> note) {
    Map<String, Double> first = new HashMap<>();
    int[] read = {0};
    try {
      Await.until(
          "every address to be announced",
          LIMIT,
          () -> {
            List<T> all = seen.get();
            all.subList(read[0], all.size()).forEach(each -> note.accept(each, first));
            read[0] = all.size();
            return first.size() >= addresses;
          });
    } catch (RuntimeException e) {
      System.err.println(e.getMessage() + ": " + first.size() + " of " + addresses);
    }
    return first.values().stream().sorted().toList();
  }

  private static void note(String line, long since, Map<String, Double> first) {
    Matcher matcher = LINE.matcher(line);
    if (matcher.matches() && matcher.group(3).equals(matcher.group(4))) {
      long at = Long.parseLong(matcher.group(1) + matcher.group(2));
      if (at > since) {
        first.putIfAbsent(matcher.group(3), (at - since) / 1e6);
      }
    }
  }

  @Override
  public void close() {
    tcpdump.close();
  }
}

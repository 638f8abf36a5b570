package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds our reading of many configurations against the real Keepalived's. Every difference is named
 * in {@link KnownDifference}; a named one that is not there any more fails too.
 *
 * <p>With {@code -Dhavip.differential=full} many more cases are generated, which takes minutes.
 */
@Timeout(1200)
class KeepalivedDifferentialIT {

  private static final int READERS = 3;
  private static final long SEED = 20260101;

  @TempDir static Path folder;

  @BeforeAll
  static void keepalived() {
    RealKeepalived.assume();
  }

  @Test
  void every_difference_of_the_written_cases_is_a_named_one() throws Exception {
    List<String> surprises = new ArrayList<>();
    List<DifferentialCase> cases = DifferentialCases.all();
    Map<DifferentialCase, SortedMap<String, String>> found = compare(cases);
    for (DifferentialCase example : cases) {
      SortedMap<String, String> differences = found.get(example);
      if (!differences.keySet().equals(new TreeSet<>(example.expected().keySet()))) {
        surprises.add(
            "%s%n  named: %s%n  found: %s"
                .formatted(example.name(), example.expected(), differences));
      }
    }

    assertThat(found).hasSizeGreaterThan(600);
    assertThat(surprises).as("%d of %d", surprises.size(), found.size()).isEmpty();
  }

  @Test
  void every_difference_of_the_generated_cases_is_a_named_one() throws Exception {
    boolean all = System.getProperty("havip.differential", "").equals("full");
    List<GeneratedCases.Generated> cases =
        new ArrayList<>(all ? GeneratedCases.single() : GeneratedCases.sample());
    cases.addAll(GeneratedCases.combined(all ? 2000 : 150, SEED));
    cases.addAll(GeneratedCases.groups(all ? 500 : 60, SEED));

    Map<DifferentialCase, SortedMap<String, String>> found =
        compare(cases.stream().map(GeneratedCases.Generated::example).toList());
    List<String> surprises =
        cases.stream()
            .flatMap(each -> DifferenceRules.unnamed(each, found.get(each.example())).stream())
            .toList();

    assertThat(found).hasSizeGreaterThan(600);
    assertThat(surprises).as("%d of %d", surprises.size(), found.size()).isEmpty();
  }

  private static Map<DifferentialCase, SortedMap<String, String>> compare(
      List<DifferentialCase> cases) throws Exception {
    Queue<DifferentialCase> waiting = new ConcurrentLinkedQueue<>(cases);
    Map<DifferentialCase, SortedMap<String, String>> found = new HashMap<>();
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      List<Future<Map<DifferentialCase, SortedMap<String, String>>>> all = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        int number = i;
        all.add(readers.submit(() -> work(waiting, number)));
      }
      for (Future<Map<DifferentialCase, SortedMap<String, String>>> each : all) {
        found.putAll(each.get());
      }
    }
    return found;
  }

  private static Map<DifferentialCase, SortedMap<String, String>> work(
      Queue<DifferentialCase> waiting, int number) throws IOException {
    Map<DifferentialCase, SortedMap<String, String>> found = new HashMap<>();
    try (RealKeepalived keepalived = RealKeepalived.open(folder, number)) {
      for (DifferentialCase next = waiting.poll(); next != null; next = waiting.poll()) {
        SortedMap<String, String> differences = ours(next).differences(keepalived.read(next));
        differences.remove("higher_advert", "ours true, Keepalived's false"); // LAST_WORD
        found.put(next, differences);
      }
    }
    return found;
  }

  private static Effect ours(DifferentialCase example) throws IOException {
    Path home = Files.createTempDirectory(folder, "ours");
    Files.writeString(home.resolve(Conf.FILE), example.text());
    for (Map.Entry<String, String> file : example.files().entrySet()) {
      Path path = home.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    ReadOptions options =
        ReadOptions.forHost("judge.example")
            .withUserName("root")
            .withScriptHost(ScriptHost.local());
    return OurEffect.of(KeepalivedReader.read(home.resolve(Conf.FILE), options));
  }
}

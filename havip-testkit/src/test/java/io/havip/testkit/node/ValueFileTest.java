package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.HavipEvent;
import io.havip.Reconfiguration.Change;
import io.havip.Track;
import io.havip.ValueFile;
import io.havip.ValueFile.Initial;
import io.havip.VirtualRouterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files that move the priority of routers on the simulated network. */
class ValueFileTest {

  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final Pair pair = new Pair(9);

  @TempDir private Path folder;
  private ValueFile file = ValueFile.of("load", Path.of("load"));

  @BeforeEach
  void name() {
    file = ValueFile.of("load", folder.resolve("load"));
  }

  private void write(String text) throws IOException {
    Files.writeString(file.path(), text);
  }

  private VirtualRouterConfig tracking(int priority, int weight) {
    return Pair.router(priority).track(new Track.File(file, weight, false)).build();
  }

  private void startBoth(int weight) {
    pair.a.start(tracking(150, weight));
    pair.b.start(Pair.router(100).build());
    pair.awaitState(pair.a, ACTIVE);
  }

  private int priority() {
    return Pair.snapshot(pair.a).priority();
  }

  private List<Change> apply(VirtualRouterConfig router) {
    HavipConfig config = new HavipConfig("a", List.of(router), Duration.ZERO);
    return pair.a.node().orElseThrow().apply(config).changes();
  }

  @Test
  void anotherValue_changesThePriority_andWithItTheHolder() throws IOException {
    startBoth(2);
    write("-40");
    pair.awaitServedBy(pair.b);
    assertThat(priority()).isEqualTo(70);
    assertThat(Pair.state(pair.a)).isEqualTo(BACKUP);
    write("0");
    pair.awaitServedBy(pair.a);
    assertThat(Pair.events(pair.a, HavipEvent.FileChanged.class))
        .extracting(HavipEvent.FileChanged::value)
        .containsExactly(0, -40, 0);
    assertThat(Pair.events(pair.a, HavipEvent.PriorityChanged.class))
        .extracting(HavipEvent.PriorityChanged::to)
        .containsExactly(70, 150);
  }

  @Test
  void aChangeIsNoticedWithinOneInterval_andTheLatestValueCounts() throws IOException {
    startBoth(1);
    write("1");
    write("2");
    Duration noticed =
        pair.sim.runUntil("the priority is 152", () -> priority() == 152, Pair.LIMIT);
    assertThat(noticed).isLessThanOrEqualTo(INTERVAL.plusMillis(1));
    pair.sim.run(INTERVAL);
    assertThat(Pair.events(pair.a, HavipEvent.FileChanged.class))
        .extracting(HavipEvent.FileChanged::value)
        .containsExactly(0, 2);
  }

  @Test
  void aProductOfMinus254_isAFault_andANewValueEndsIt() throws IOException {
    startBoth(1);
    write("-254");
    pair.awaitState(pair.a, FAULT);
    assertThat(Pair.snapshot(pair.a).faults())
        .containsExactly("file load: value -254 with weight 1");
    pair.awaitServedBy(pair.b);
    Files.delete(file.path());
    pair.awaitServedBy(pair.a);
  }

  @Test
  void aWeightedFileDoesNotHoldUpTheStart() throws IOException {
    write("5");
    pair.a.workersDelay(Duration.ofMillis(300));
    pair.a.start(tracking(150, 1));
    assertThat(Pair.state(pair.a)).isEqualTo(BACKUP);
    pair.sim.run(Duration.ofMillis(301));
    assertThat(priority()).isEqualTo(155);
  }

  @Test
  void anOwnerWaitsForTheFirstReading() throws IOException {
    write("-300");
    pair.a.workersDelay(Duration.ofMillis(300));
    pair.a.start(Pair.router(255).track(Track.File.of(file)).build());
    pair.sim.run(Duration.ofSeconds(5));
    assertThat(Pair.events(pair.a, HavipEvent.StateChanged.class))
        .extracting(HavipEvent.StateChanged::to)
        .doesNotContain(ACTIVE);
  }

  @Test
  void aRaisedPriorityMovesTheRunningDeadline() throws IOException {
    VirtualRouterConfig low =
        Pair.router(1).advertInterval(Duration.ofSeconds(10)).track(Track.File.of(file)).build();
    pair.a.start(low);
    pair.sim.run(Duration.ofSeconds(1));
    write("253");
    // 3 x 10 s, and 2/256 of an interval instead of 255/256.
    Duration active = pair.awaitState(pair.a, ACTIVE).plusSeconds(1);
    assertThat(active).isBetween(Duration.ofMillis(30_000), Duration.ofMillis(30_200));
  }

  @Test
  void theFirstValueIsWrittenOnce() throws IOException {
    write("50");
    file = file.startingWith(new Initial(7, true));
    startBoth(1);
    assertThat(priority()).isEqualTo(157);
    assertThat(Files.readString(file.path())).isEqualTo("7\n");
    write("9");
    pair.sim.run(Duration.ofSeconds(2));
    assertThat(priority()).isEqualTo(159);
  }

  @Test
  void aFileThatCannotBeWritten_isAWarning_andCountsAs0() {
    file =
        new ValueFile(
            "load", folder.resolve("none/load"), INTERVAL, Optional.of(new Initial(7, false)));
    startBoth(1);
    assertThat(Pair.events(pair.a, HavipEvent.Warning.class))
        .singleElement()
        .satisfies(w -> assertThat(w.message()).contains("none/load cannot be written"));
    assertThat(priority()).isEqualTo(150);
  }

  @Test
  void aFileThatIsAddedToARunningRouter_costsNothingUntilItIsRead() throws IOException {
    write("1");
    pair.a.start(Pair.router(150).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.a.workersDelay(Duration.ofMillis(300));
    assertThat(apply(tracking(150, 0)))
        .containsExactly(new Change.Updated(Pair.ROUTER, List.of("tracks")));
    pair.sim.run(Duration.ofMillis(299));
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
    pair.awaitState(pair.a, FAULT);
  }

  @Test
  void anotherRhythm_goesOnFromTheOldValue_andWritesNothing() throws IOException {
    startBoth(1);
    write("20");
    pair.sim.runUntil("the priority is 170", () -> priority() == 170, Pair.LIMIT);
    file = file.every(Duration.ofSeconds(1)).startingWith(new Initial(0, true));
    apply(tracking(150, 1));
    assertThat(priority()).isEqualTo(170);
    pair.sim.run(Duration.ofSeconds(3));
    assertThat(priority()).isEqualTo(170);
    assertThat(apply(tracking(150, 1))).containsExactly(new Change.Unchanged(Pair.ROUTER));
  }

  @Test
  void aFileNobodyTracksAnyMore_isNotReadAnyMore() throws IOException {
    startBoth(1);
    apply(Pair.router(150).build());
    write("20");
    pair.sim.run(Duration.ofSeconds(2));
    assertThat(Pair.events(pair.a, HavipEvent.FileChanged.class)).hasSize(1);
    assertThat(priority()).isEqualTo(150);
  }

  @Test
  void twoDifferentFilesOfOneName_areRefused() {
    ValueFile other = ValueFile.of("load", folder.resolve("other"));
    VirtualRouterConfig router =
        Pair.router(100).track(Track.File.of(file)).track(Track.File.of(other)).build();
    assertThatThrownBy(() -> new HavipConfig("a", List.of(router), Duration.ZERO))
        .isInstanceOf(HavipConfigException.class)
        .hasMessage("two different value files are named \"load\"");
  }
}

package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.Notifications;
import io.havip.NotifyCommand;
import io.havip.NotifyCommand.Occasion;
import io.havip.NotifyFifo;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real commands and real pipes. */
@Timeout(60)
class NotifierTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Set<Occasion> ALL = Set.of(Occasion.values());

  @TempDir private Path folder;
  private final ThreadedPlatform platform = new ThreadedPlatform();
  private final BlockingQueue<HavipEvent> heard = new LinkedBlockingQueue<>();
  private final Events events = new Events(platform.workers(), platform, List.of(heard::add));
  private Path fifo = Path.of("");
  private Path log = Path.of("");

  @BeforeEach
  void place() {
    fifo = folder.resolve("fifo");
    log = folder.resolve("log");
  }

  @AfterEach
  void end() {
    platform.close();
  }

  @Test
  void aCommandIsToldAfterItsOwnArguments_andOneForAnOccasionGetsOnlyThose() throws Exception {
    Notifier notifier =
        start(
            config(
                NotifyCommand.on(Occasion.ACTIVE, "sh", "-c", append("specific $*"), "sh", "mine"),
                NotifyCommand.onEveryState("sh", "-c", append("$*"), "sh", "a b")));
    states(notifier, RouterState.BACKUP, RouterState.ACTIVE, RouterState.FAULT);
    states(notifier, RouterState.INITIALIZE);
    shut(notifier);
    assertThat(Files.readAllLines(log))
        .containsExactly(
            "a b INSTANCE VI_1 BACKUP 150",
            "specific mine",
            "a b INSTANCE VI_1 MASTER 150",
            "a b INSTANCE VI_1 FAULT 150",
            "a b INSTANCE VI_1 STOP 150");
  }

  @Test
  void lowerPriority_hasACommandOfItsOwn() throws Exception {
    Notifier notifier =
        start(
            config(
                new NotifyCommand(
                    ALL, shell("$*"), true, NotifyCommand.DEFAULT_TIMEOUT, Optional.empty())));
    states(notifier, RouterState.ACTIVE);
    platform.runOnLoop(() ->
        notifier.accept(
            new HavipEvent.LowerPriorityHeard(
                events.now(), "VI_1", IpAddress.parse("10.0.0.9"), 90, 150)));
    shut(notifier);
    assertThat(Files.readAllLines(log))
        .containsExactly("INSTANCE VI_1 MASTER 150", "INSTANCE VI_1 MASTER_RX_LOWER_PRI 150");
  }

  @Test
  void oneRunsAtATime() throws Exception {
    Notifier notifier =
        start(
            config(
                NotifyCommand.onEveryState(
                    "sh",
                    "-c",
                    "mkdir "
                        + folder
                        + "/busy || exit 1; "
                        + append("$3")
                        + "; sleep 0.05; rmdir "
                        + folder
                        + "/busy",
                    "sh")));
    states(notifier, RouterState.BACKUP, RouterState.ACTIVE, RouterState.BACKUP);
    states(notifier, RouterState.ACTIVE, RouterState.INITIALIZE);
    shut(notifier);
    assertThat(Files.readAllLines(log))
        .containsExactly("BACKUP", "MASTER", "BACKUP", "MASTER", "STOP");
    assertThat(failures()).isEmpty();
  }

  @Test
  void aSlowCommand_missesThePast_butNotTheLatestState() throws Exception {
    Notifier notifier =
        start(
            config(
                NotifyCommand.onEveryState(
                    "sh",
                    "-c",
                    append("$3") + "; while ! test -e " + folder + "/gate; do sleep 0.02; done",
                    "sh")));
    states(notifier, RouterState.BACKUP);
    awaitLog("BACKUP");
    for (int i = 0; i < 50; i++) {
      states(notifier, RouterState.ACTIVE, RouterState.BACKUP);
    }
    states(notifier, RouterState.FAULT);
    Files.createFile(folder.resolve("gate"));
    shut(notifier);
    List<String> told = Files.readAllLines(log);
    assertThat(told).hasSizeLessThan(20).endsWith("FAULT");
    assertThat(failures()).anyMatch(f -> f.contains("older notices were left out"));
  }

  @Test
  void aCommandThatTakesTooLong_isEnded_andTheNextRuns() throws Exception {
    NotifyCommand hangs =
        new NotifyCommand(
            Set.of(Occasion.BACKUP),
            List.of("sh", "-c", append("hangs") + "; exec sleep 1000"),
            false,
            Duration.ofMillis(300),
            Optional.empty());
    Notifier notifier = start(config(hangs, NotifyCommand.on(Occasion.ACTIVE, logs("active"))));
    states(notifier, RouterState.BACKUP, RouterState.ACTIVE);
    awaitLog("hangs", "active");
    assertThat(failures()).containsExactly("notify BACKUP by sh failed: it took too long");
  }

  @Test
  void atTheEnd_aCommandThatHangsMakesWayForTheLastState() throws Exception {
    NotifyCommand hangs =
        NotifyCommand.on(Occasion.ACTIVE, "sh", "-c", append("hangs") + "; exec sleep 1000");
    Notifier notifier = start(config(hangs, NotifyCommand.on(Occasion.STOP, logs("stop"))));
    states(notifier, RouterState.ACTIVE);
    awaitLog("hangs");
    states(notifier, RouterState.INITIALIZE);
    shut(notifier);
    assertThat(Files.readAllLines(log)).containsExactly("hangs", "stop");
  }

  @Test
  void aCommandThatFailsOrIsMissing_isReported() throws Exception {
    Notifier notifier =
        start(
            config(
                NotifyCommand.on(Occasion.BACKUP, "/nowhere/notify"),
                NotifyCommand.on(Occasion.BACKUP, "sh", "-c", "exit 3")));
    states(notifier, RouterState.BACKUP);
    shut(notifier);
    assertThat(failures())
        .anyMatch(f -> f.startsWith("notify BACKUP by /nowhere/notify failed: "))
        .contains("notify BACKUP by sh failed: exit status 3");
  }

  @Test
  void aMissingPipeIsMade_andItsReaderGetsTheLines() throws Exception {
    Notifier notifier = start(config().withNotifyFifos(List.of(NotifyFifo.at(fifo))));
    awaitPipe(fifo);
    try (BufferedReader reader = Files.newBufferedReader(fifo)) {
      states(notifier, RouterState.BACKUP, RouterState.ACTIVE);
      platform.runOnLoop(() ->
          notifier.accept(
              new HavipEvent.GroupChanged(
                  events.now(),
                  "VG_1",
                  RouterState.BACKUP,
                  RouterState.ACTIVE,
                  "VI_1",
                  new Cause.Stopped())));
      states(notifier, RouterState.INITIALIZE);
      shut(notifier);
      assertThat(reader.lines())
          .containsExactly(
              "INSTANCE \"VI_1\" BACKUP 150",
              "INSTANCE \"VI_1\" MASTER 150",
              "GROUP \"VG_1\" MASTER 0",
              "INSTANCE \"VI_1\" STOP 150");
    }
    assertThat(Files.getAttribute(fifo, "unix:mode")).isEqualTo(0010600);
  }

  @Test
  void anotherConfiguration_isNoReasonToWrite_unlessThePipeWantsStatesAgain() throws Exception {
    NotifyFifo again = new NotifyFifo(fifo, Optional.empty(), Optional.empty(), true);
    Path otherPath = folder.resolve("other");
    HavipConfig config = config().withNotifyFifos(List.of(again, NotifyFifo.at(otherPath)));
    Notifier notifier = start(config);
    awaitPipe(fifo);
    awaitPipe(otherPath);
    platform.runOnLoop(() ->
        notifier.accept(
            new HavipEvent.GroupChanged(
                events.now(),
                "VI_1",
                RouterState.INITIALIZE,
                RouterState.BACKUP,
                "VI_1",
                new Cause.Stopped())));
    states(notifier, RouterState.BACKUP);
    try (BufferedReader reader = Files.newBufferedReader(fifo);
        BufferedReader other = Files.newBufferedReader(otherPath)) {
      platform.runOnLoop(() -> notifier.reconfigure(config));
      states(notifier, RouterState.INITIALIZE);
      platform.runOnLoop(() -> notifier.reconfigure(config));
      shut(notifier);
      assertThat(reader.lines())
          .containsExactly(
              "GROUP \"VI_1\" BACKUP 0",
              "INSTANCE \"VI_1\" BACKUP 150",
              "GROUP \"VI_1\" BACKUP 0",
              "INSTANCE \"VI_1\" BACKUP 150",
              "INSTANCE \"VI_1\" STOP 150",
              "GROUP \"VI_1\" BACKUP 0");
      assertThat(other.lines())
          .containsExactly(
              "GROUP \"VI_1\" BACKUP 0",
              "INSTANCE \"VI_1\" BACKUP 150",
              "INSTANCE \"VI_1\" STOP 150");
    }
  }

  @Test
  void aPipeNobodyReads_keepsTheLatestStateForTheReaderThatComes() throws Exception {
    mkfifo();
    Notifier notifier = start(config().withNotifyFifos(List.of(NotifyFifo.at(fifo))));
    for (int i = 0; i < 2000; i++) {
      states(notifier, RouterState.BACKUP, RouterState.ACTIVE);
    }
    awaitFailure("older notices were left out");
    states(notifier, RouterState.FAULT);
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(fifo)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.contains("FAULT")) {
          break;
        }
      }
    }
    assertThat(lines).hasSizeLessThan(3999).endsWith("INSTANCE \"VI_1\" FAULT 150");
    assertThat(lines).allMatch(l -> l.matches("INSTANCE \"VI_1\" (BACKUP|MASTER|FAULT) 150"));
  }

  @Test
  void aFullPipe_doesNotHoldUpTheEnd() throws Exception {
    mkfifo();
    Notifier notifier = start(config().withNotifyFifos(List.of(NotifyFifo.at(fifo))));
    for (int i = 0; i < 2000; i++) {
      states(notifier, RouterState.BACKUP, RouterState.ACTIVE);
    }
    awaitFailure("older notices were left out");
    long start = System.nanoTime();
    shut(notifier);
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void aPipeThatIsReplaced_isFollowed() throws Exception {
    mkfifo();
    Notifier notifier = start(config().withNotifyFifos(List.of(NotifyFifo.at(fifo))));
    states(notifier, RouterState.BACKUP);
    try (BufferedReader reader = Files.newBufferedReader(fifo)) {
      assertThat(reader.readLine()).contains("BACKUP");
    }
    Files.move(fifo, folder.resolve("old"));
    mkfifo();
    states(notifier, RouterState.ACTIVE);
    try (BufferedReader reader = Files.newBufferedReader(fifo)) {
      assertThat(reader.readLine()).contains("MASTER");
    }
  }

  @Test
  void theReaderOfAPipe_getsItsPathAndEveryLine_andEndsAfterTheLast() throws Exception {
    String reads = "f=\"$2\"; while read -r l; do echo \"$1 $l\"; done < \"$f\" >> " + log;
    Notifier notifier =
        start(
            config()
                .withNotifyFifos(
                    List.of(NotifyFifo.at(fifo).readBy("sh", "-c", reads, "sh", "got"))));
    states(notifier, RouterState.BACKUP, RouterState.ACTIVE);
    awaitLog("got INSTANCE \"VI_1\" BACKUP 150", "got INSTANCE \"VI_1\" MASTER 150");
    states(notifier, RouterState.INITIALIZE);
    shut(notifier);
    assertThat(Files.readAllLines(log)).endsWith("got INSTANCE \"VI_1\" STOP 150");
    assertThat(failures()).isEmpty();
  }

  @Test
  void aReaderThatEnds_isReportedAndStartedAgain() throws Exception {
    String readsOne = "read -r l < \"$1\"; echo \"$l\" >> " + log + "; exit 3";
    Notifier notifier =
        start(
            config()
                .withNotifyFifos(List.of(NotifyFifo.at(fifo).readBy("sh", "-c", readsOne, "sh"))));
    states(notifier, RouterState.BACKUP);
    awaitLog("INSTANCE \"VI_1\" BACKUP 150");
    awaitFailure("read the pipe by sh failed: it ended: exit status 3");
    states(notifier, RouterState.ACTIVE);
    awaitLog("INSTANCE \"VI_1\" BACKUP 150", "INSTANCE \"VI_1\" MASTER 150");
    shut(notifier);
  }

  @Test
  void aReaderThatNeverEnds_isEndedWithTheNode() throws Exception {
    String stays =
        "trap 'echo asked >> "
            + log
            + "; exit' TERM; echo up >> "
            + log
            + "; while :; do sleep 0.05; done";
    Notifier notifier =
        start(config().withNotifyFifos(List.of(NotifyFifo.at(fifo).readBy("sh", "-c", stays))));
    awaitLog("up");
    shut(notifier);
    awaitLog("up", "asked");
  }

  @Test
  void whatIsNoPipe_isLeftAloneAndReported() throws Exception {
    Files.writeString(fifo, "precious");
    Notifier notifier = start(config().withNotifyFifos(List.of(NotifyFifo.at(fifo))));
    states(notifier, RouterState.BACKUP);
    shut(notifier);
    assertThat(failures())
        .contains("open " + fifo + " failed: there is something else than a named pipe");
    assertThat(Files.readString(fifo)).isEqualTo("precious");
  }

  @Test
  void aNameCannotForgeALine() {
    Notice.Subject subject = new Notice.Subject(Notice.Sort.INSTANCE, "a\nb");
    assertThat(Notice.state(subject, RouterState.ACTIVE, 1).line())
        .isEqualTo("INSTANCE \"a?b\" MASTER 1\n");
  }

  private static HavipConfig config(NotifyCommand... commands) {
    return HavipConfig.of(
        VirtualRouterConfig.builder("VI_1")
            .interfaceName("eth0")
            .vrid(51)
            .address("10.0.0.50")
            .notifications(Notifications.of(commands))
            .build());
  }

  private String append(String what) {
    return "echo \"" + what + "\" >> " + log;
  }

  private List<String> shell(String what) {
    return List.of("sh", "-c", append(what), "sh");
  }

  private String[] logs(String what) {
    return shell(what).toArray(String[]::new);
  }

  private Notifier start(HavipConfig config) throws Exception {
    return platform.onLoop(() -> {
      Notifier notifier = new Notifier(platform, events, config);
      notifier.start();
      return notifier;
    });
  }

  /** Tells the states of one turn of the loop. */
  private void states(Notifier notifier, RouterState... states) throws Exception {
    platform.runOnLoop(() -> {
      for (RouterState state : states) {
        notifier.accept(
            new HavipEvent.StateChanged(
                events.now(), "VI_1", RouterState.INITIALIZE, state, new Cause.Stopped(), 150));
      }
    });
  }

  private void shut(Notifier notifier) throws Exception {
    CompletableFuture<?> done = platform.onLoop(notifier::shut);
    done.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    events.drained().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private void mkfifo() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
  }

  private List<String> failures() {
    return heard.stream()
        .filter(HavipEvent.OperationFailed.class::isInstance)
        .map(HavipEvent::describe)
        .toList();
  }

  private void awaitFailure(String part) throws InterruptedException {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (failures().stream().noneMatch(f -> f.contains(part))) {
      assertThat(System.nanoTime()).as("no failure says: %s", part).isLessThan(limit);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static void awaitPipe(Path pipe) throws InterruptedException {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(pipe)) {
      assertThat(System.nanoTime()).as("%s was not made", pipe).isLessThan(limit);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private void awaitLog(String... lines) throws IOException, InterruptedException {
    String expected = String.join("\n", lines) + "\n";
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(log) || !Files.readString(log, StandardCharsets.UTF_8).equals(expected)) {
      assertThat(System.nanoTime()).as("the log is not %s", expected).isLessThan(limit);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}

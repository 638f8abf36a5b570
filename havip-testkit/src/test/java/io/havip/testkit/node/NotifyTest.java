package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.Notifications;
import io.havip.NotifyCommand;
import io.havip.NotifyCommand.Occasion;
import io.havip.NotifyFifo;
import io.havip.Reconfiguration.Change;
import io.havip.SyncGroup;
import io.havip.VirtualRouterConfig;
import io.havip.testkit.sim.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What notify commands are told in simulated lives of a node. The commands are real ones that end
 * at once; how long they take is simulated.
 */
class NotifyTest {

  @TempDir private Path folder;
  private final Pair pair = new Pair(10);
  private Path log = Path.of("");

  @BeforeEach
  void place() {
    log = folder.resolve("log");
  }

  private NotifyCommand onEveryState(String mark) {
    return NotifyCommand.onEveryState(
        "sh", "-c", "echo \"" + mark + " $*\" >> '" + log + "'", "sh");
  }

  private VirtualRouterConfig told(int priority, NotifyCommand... commands) {
    return Pair.router(priority).notifications(Notifications.of(commands)).build();
  }

  private List<String> lines() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  @Test
  void aLife_isToldInOrder_fromTheFirstBackupToTheStop() throws IOException {
    pair.a.start(told(150, onEveryState("a")));
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.inject(new Fault.LinkDown("a", "eth0"));
    pair.sim.run(Duration.ofSeconds(1));
    pair.sim.inject(new Fault.LinkUp("a", "eth0"));
    pair.awaitState(pair.a, ACTIVE);
    pair.a.stop();
    pair.sim.run(Duration.ofSeconds(30));
    assertThat(lines())
        .containsExactly(
            "a INSTANCE VI_1 BACKUP 150",
            "a INSTANCE VI_1 MASTER 150",
            "a INSTANCE VI_1 FAULT 150",
            "a INSTANCE VI_1 BACKUP 150",
            "a INSTANCE VI_1 MASTER 150",
            "a INSTANCE VI_1 STOP 150");
  }

  @Test
  void masterIsTold_whenTheAddressIsBound_andBackupWhenItIsOff() throws IOException {
    pair.a.start(told(150, onEveryState("a")));
    pair.sim.runUntil("MASTER is told", () -> told("MASTER"), Pair.LIMIT);
    assertThat(pair.a.has(Pair.VIP)).isTrue();
    pair.b.start(Pair.router(200).build());
    pair.awaitState(pair.b, ACTIVE);
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(lines()).last().isEqualTo("a INSTANCE VI_1 BACKUP 150");
    assertThat(pair.a.has(Pair.VIP)).isFalse();
  }

  private boolean told(String word) {
    try {
      return lines().stream().anyMatch(l -> l.contains(word));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void slowCommands_holdUpNoTakeover_andEndWithTheLatestState() throws IOException {
    pair.a.workersDelay(Duration.ofSeconds(50));
    pair.a.start(told(150, onEveryState("a")));
    pair.awaitServedBy(pair.a);
    for (int i = 0; i < 20; i++) {
      pair.sim.inject(new Fault.LinkDown("a", "eth0"));
      pair.sim.run(Duration.ofSeconds(1));
      pair.sim.inject(new Fault.LinkUp("a", "eth0"));
      pair.awaitServedBy(pair.a);
    }
    pair.sim.run(Duration.ofMinutes(20));
    assertThat(lines()).hasSizeLessThan(30).last().isEqualTo("a INSTANCE VI_1 MASTER 150");
    assertThat(Pair.events(pair.a, HavipEvent.OperationFailed.class))
        .anyMatch(f -> f.describe().contains("older notices were left out"));
  }

  @Test
  void aCommandThatTakesTooLong_isGivenUp_forTheNext() throws IOException {
    pair.a.workersDelay(Duration.ofSeconds(61));
    pair.a.start(told(150, onEveryState("a")));
    pair.sim.run(Duration.ofMinutes(5));
    assertThat(Pair.events(pair.a, HavipEvent.OperationFailed.class))
        .extracting(HavipEvent::describe)
        .containsExactly(
            "notify BACKUP by sh failed: it took too long",
            "notify MASTER by sh failed: it took too long");
    assertThat(lines()).isEmpty();
  }

  @Test
  void otherCommands_areTakenOverWithoutABlink() throws IOException {
    pair.a.start(told(150, onEveryState("old")));
    pair.awaitServedBy(pair.a);
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(
            pair.a
                .node()
                .orElseThrow()
                .apply(HavipConfig.of(told(150, onEveryState("new"))))
                .changes())
        .containsExactly(new Change.Updated(Pair.ROUTER, List.of("notifications")));
    pair.sim.run(Duration.ofSeconds(10));
    assertThat(pair.a.has(Pair.VIP)).isTrue();
    pair.a.stop();
    pair.sim.run(Duration.ofSeconds(30));
    assertThat(lines())
        .containsExactly(
            "old INSTANCE VI_1 BACKUP 150",
            "old INSTANCE VI_1 MASTER 150",
            "new INSTANCE VI_1 STOP 150");
  }

  @Test
  void aRouterThatIsRemoved_isToldOfItsStop() throws IOException {
    pair.a.start(told(150, onEveryState("a")));
    pair.awaitServedBy(pair.a);
    pair.sim.run(Duration.ofSeconds(1));
    VirtualRouterConfig other =
        VirtualRouterConfig.builder("other")
            .interfaceName("eth0")
            .vrid(52)
            .address("172.17.16.5")
            .build();
    pair.a.node().orElseThrow().apply(HavipConfig.of(other));
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(lines()).last().isEqualTo("a INSTANCE VI_1 STOP 150");
  }

  @Test
  void aRouterThatIsRemoved_isToldAsDeleted_whereThatIsAskedFor() throws IOException {
    NotifyCommand deleted =
        NotifyCommand.on(Occasion.DELETED, "sh", "-c", "echo gone >> '" + log + "'");
    pair.a.start(
        HavipConfig.of(
            deletionTold("VI_1", 51, "172.17.16.4", deleted, onEveryState("a")),
            deletionTold("VI_2", 52, "172.17.16.5")));
    pair.sim.run(Duration.ofSeconds(10));
    pair.a
        .node()
        .orElseThrow()
        .apply(HavipConfig.of(deletionTold("VI_2", 52, "172.17.16.5", onEveryState("b"))));
    pair.sim.run(Duration.ofSeconds(1));
    pair.a.stop();
    pair.sim.run(Duration.ofSeconds(30));
    assertThat(lines())
        .endsWith(
            "a INSTANCE VI_1 MASTER 150",
            "gone",
            "a INSTANCE VI_1 DELETED 150",
            "b INSTANCE VI_2 STOP 150");
  }

  private static VirtualRouterConfig deletionTold(
      String name, int vrid, String address, NotifyCommand... commands) {
    return VirtualRouterConfig.builder(name)
        .interfaceName("eth0")
        .vrid(vrid)
        .priority(150)
        .address(address)
        .notifications(new Notifications(List.of(commands), false, true))
        .build();
  }

  @Test
  void lowerPriority_isToldWithTheOwnPriority() throws IOException {
    NotifyCommand lower =
        new NotifyCommand(
            Set.of(Occasion.LOWER_PRIORITY_HEARD),
            onEveryState("a").argv(),
            true,
            NotifyCommand.DEFAULT_TIMEOUT,
            Optional.empty());
    pair.sim.inject(new Fault.LinkDown("b", "eth0"));
    pair.a.start(told(150, lower));
    pair.b.start(Pair.router(100).build().toBuilder().trackOwnInterface(false).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.run(Duration.ofSeconds(10));
    pair.sim.inject(new Fault.LinkUp("b", "eth0"));
    pair.sim.run(Duration.ofSeconds(3));
    assertThat(lines())
        .hasSize(Pair.events(pair.a, HavipEvent.LowerPriorityHeard.class).size())
        .isNotEmpty()
        .containsOnly("a INSTANCE VI_1 MASTER_RX_LOWER_PRI 150");
  }

  @Test
  void aGroup_isToldAsAWhole_andOtherCommandsOfItCostNoFailover() throws IOException {
    TwoLans lans = new TwoLans(10);
    SyncGroup group =
        SyncGroup.of("edge", "inside", "outside").withNotifyCommands(List.of(onEveryState("old")));
    lans.a.start(TwoLans.grouped(TwoLans.inside(150), TwoLans.outside(150), group));
    lans.awaitServes(lans.a);
    lans.sim.run(Duration.ofSeconds(1));
    SyncGroup next = group.withNotifyCommands(List.of(onEveryState("new")));
    lans.a
        .node()
        .orElseThrow()
        .apply(TwoLans.grouped(TwoLans.inside(150), TwoLans.outside(150), next));
    lans.sim.run(Duration.ofSeconds(1));
    lans.a.stop();
    lans.sim.run(Duration.ofSeconds(30));
    assertThat(lines())
        .containsExactly(
            "old GROUP edge BACKUP 0", "old GROUP edge MASTER 0", "new GROUP edge STOP 0");
  }

  @Test
  void aPipe_isToldOfRoutersGroupsAndPriorities_inOrder() throws IOException {
    Path fifo = folder.resolve("fifo");
    Notifications priorities = new Notifications(List.of(), true, false);
    HavipConfig config = HavipConfig.of(Pair.router(150).notifications(priorities).build());
    pair.a.start(config.withNotifyFifos(List.of(NotifyFifo.at(fifo))));
    pair.awaitState(pair.a, ACTIVE);
    pair.a
        .node()
        .orElseThrow()
        .apply(
            HavipConfig.of(Pair.router(120).notifications(priorities).build())
                .withNotifyFifos(List.of(NotifyFifo.at(fifo))));
    pair.sim.run(Duration.ofSeconds(1));
    try (var reader = Files.newBufferedReader(fifo)) {
      pair.a.stop();
      pair.sim.run(Duration.ofSeconds(30));
      assertThat(reader.lines())
          .containsExactly(
              "INSTANCE \"VI_1\" BACKUP 150",
              "INSTANCE \"VI_1\" MASTER 150",
              "INSTANCE \"VI_1\" MASTER_PRIORITY 120",
              "INSTANCE \"VI_1\" STOP 120");
    }
  }
}

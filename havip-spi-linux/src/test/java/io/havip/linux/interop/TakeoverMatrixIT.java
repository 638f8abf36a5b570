package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.RouterState;
import io.havip.testkit.lab.LabHost;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The holder dies or leaves, the other program takes over, in every combination that both can do.
 * The gate runs a choice of the rows; {@code -Dhavip.matrix=full} runs all.
 */
class TakeoverMatrixIT extends OnScene {

  @BeforeAll
  static void openScene() {
    open("keepalived", "vrrpd", "zebra", "tcpdump");
  }

  static Stream<TakeoverRow> rows() {
    boolean full = System.getProperty("havip.matrix", "").equals("full");
    return TakeoverRow.all().stream().filter(row -> full || row.representative());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void theOtherTakesOver(TakeoverRow row) {
    Spec group = scene.nextGroup(row.six(), 0).withVersion(row.version()).withVmac(row.vmac());
    int oursPriority = row.oursFirst() ? 200 : 100;
    Spec ourSpec = spec(group, row, scene.ours, scene.theirs).withPriority(oursPriority);
    Spec theirSpec = spec(group, row, scene.theirs, scene.ours).withPriority(300 - oursPriority);
    if (row.oursFirst()) {
      ourRole(row, ourSpec, theirSpec);
    } else {
      theirRole(row, ourSpec, theirSpec);
    }
  }

  private void ourRole(TakeoverRow row, Spec ourSpec, Spec theirSpec) {
    long start = System.nanoTime();
    Ours ours =
        scene.closeLater(
            row.killed() ? Ours.process(scene.ours, ourSpec) : Ours.inProcess(scene.ours, ourSpec));
    Peer theirs = scene.closeLater(row.peer().start(scene.theirs, theirSpec));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    scene.assertServedBy(scene.ours, ourSpec, start);
    theirs.awaitHolding(false, Scene.LIMIT);
    scene.assertOnlySpeaker(scene.ours, ourSpec);
    long end =
        switch (ours) {
          case Ours.OfProcess process when row.killed() -> kill(process.kill(), scene.ours);
          case Ours other -> other.stop();
        };
    theirs.awaitHolding(true, Scene.LIMIT);
    if (!row.killed()) {
      assertThat(scene.ours.hasAddress(ourSpec.vip())).isFalse();
    }
    assertServedByThem(row, theirSpec, end);
  }

  private void theirRole(TakeoverRow row, Spec ourSpec, Spec theirSpec) {
    long start = System.nanoTime();
    Peer theirs = scene.closeLater(row.peer().start(scene.theirs, theirSpec));
    Ours.InProcess ours = scene.closeLater(Ours.inProcess(scene.ours, ourSpec));
    theirs.awaitHolding(true, Scene.LIMIT);
    assertServedByThem(row, theirSpec, start);
    ours.await(RouterState.BACKUP, Scene.LIMIT);
    scene.assertOnlySpeaker(scene.theirs, theirSpec);
    long end = row.killed() ? kill(theirs.kill(), scene.theirs) : theirs.stop();
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    scene.assertServedBy(scene.ours, ourSpec, end);
    assertThat(ours.router().refusals()).isEmpty();
  }

  private static void assertServedByThem(TakeoverRow row, Spec spec, long since) {
    switch (row.peer()) {
      case FRR -> scene.assertServedByFrr(spec, since);
      case KEEPALIVED -> scene.assertServedBy(scene.theirs, spec, since);
    }
  }

  /** The address stays behind on a host whose daemon is dead; this whole host dies. */
  private static long kill(long at, LabHost host) {
    host.cutCable();
    return at;
  }

  private static Spec spec(Spec group, TakeoverRow row, LabHost self, LabHost other) {
    return row.unicast() ? group.withUnicast(address(self, row), address(other, row)) : group;
  }

  private static String address(LabHost host, TakeoverRow row) {
    return row.six() ? Scene.address6(host) : host.address();
  }
}

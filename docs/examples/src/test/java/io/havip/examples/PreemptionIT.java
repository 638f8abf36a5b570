package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A member of higher priority returns to a group whose ACTIVE member lives; version 3 by multicast,
 * 100 ms.
 */
class PreemptionIT {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  private PeerScene scene;

  @BeforeEach
  void open() {
    RealNetwork.assume("keepalived", "tcpdump", "arping");
    scene = new PeerScene();
  }

  @AfterEach
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  @Test
  void wePreemptKeepalivedOfLowerPriority() {
    Keepalived peer = keepalived(80, false);
    peer.awaitState(PeerScene.VRID, State.MASTER, PeerScene.LIMIT);
    long start = System.nanoTime();
    Member ours = ours(100, false);
    ours.awaitActive(PeerScene.LIMIT);
    peer.awaitEntering(PeerScene.VRID, State.BACKUP, start, PeerScene.LIMIT);
    scene.assertServedBy(scene.a, start);
    scene.assertOnlyHolder(scene.a);
  }

  @Test
  void keepalivedOfHigherPriorityPreemptsUs() {
    Member ours = ours(80, false);
    ours.awaitActive(PeerScene.LIMIT);
    long start = System.nanoTime();
    Keepalived peer = keepalived(100, false);
    peer.awaitState(PeerScene.VRID, State.MASTER, PeerScene.LIMIT);
    ours.awaitEntering("BACKUP", start, PeerScene.LIMIT);
    scene.assertServedBy(scene.b, start);
    scene.assertOnlyHolder(scene.b);
  }

  @Test
  void withNopreemptWeLeaveALiveKeepalivedAlone() {
    Keepalived peer = keepalived(80, false);
    peer.awaitState(PeerScene.VRID, State.MASTER, PeerScene.LIMIT);
    Member ours = ours(100, true);
    awaitPeersAdverts(scene.b.address());
    assertThat(ours.process().lines()).noneMatch(l -> l.text().contains(" -> ACTIVE,"));
    long killed = peer.kill();
    ours.awaitEntering("ACTIVE", killed, PeerScene.LIMIT);
    scene.assertServedBy(scene.a, killed);
  }

  @Test
  void withNopreemptKeepalivedLeavesUsAlone() {
    Member ours = ours(80, false);
    ours.awaitActive(PeerScene.LIMIT);
    Keepalived peer = keepalived(100, true);
    peer.awaitState(PeerScene.VRID, State.BACKUP, PeerScene.LIMIT);
    awaitPeersAdverts(scene.a.address());
    assertThat(peer.state(PeerScene.VRID)).contains(State.BACKUP);
    long asked = System.nanoTime();
    assertThat(ours.terminate()).isZero();
    scene.assertServedBy(scene.b, asked);
    scene.assertOnlyHolder(scene.b);
  }

  /** Twelve adverts are three times the longest patience of a member that wanted to preempt. */
  private void awaitPeersAdverts(String source) {
    long since = System.nanoTime();
    for (int i = 0; i < 12; i++) {
      since =
          scene
                  .capture
                  .awaitFrame(
                      "an advert of " + source,
                      f -> f.isAdvert(PeerScene.VRID, source),
                      since,
                      PeerScene.LIMIT)
                  .nanos()
              + 1;
    }
  }

  private Member ours(int priority, boolean noPreempt) {
    var instance = scene.multicast(priority, INTERVAL);
    return scene.closeLater(
        Member.start(scene.a, KeepalivedConfig.of(noPreempt ? instance.noPreempt() : instance)));
  }

  private Keepalived keepalived(int priority, boolean noPreempt) {
    var instance = scene.multicast(priority, INTERVAL);
    return scene.closeLater(
        Keepalived.start(
            scene.b, KeepalivedConfig.of(noPreempt ? instance.noPreempt() : instance)));
  }
}

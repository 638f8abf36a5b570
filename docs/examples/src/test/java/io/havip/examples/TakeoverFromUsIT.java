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

/** Our member is ACTIVE, Keepalived is the backup, on the seed's configuration. */
class TakeoverFromUsIT {

  private PeerScene scene;
  private Member ours;
  private Keepalived peer;

  @BeforeEach
  void ourMemberServes() {
    RealNetwork.assume("keepalived", "tcpdump", "arping");
    scene = new PeerScene();
    long start = System.nanoTime();
    ours = scene.closeLater(Member.start(scene.a, KeepalivedConfig.of(scene.seed(scene.a, 100))));
    ours.awaitActive(PeerScene.LIMIT);
    peer =
        scene.closeLater(Keepalived.start(scene.b, KeepalivedConfig.of(scene.seed(scene.b, 80))));
    peer.awaitState(PeerScene.VRID, State.BACKUP, PeerScene.LIMIT);
    scene.assertServedBy(scene.a, start);
    scene.assertOnlyHolder(scene.a);
  }

  @AfterEach
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  @Test
  void keepalivedTakesOverAfterSigkill() {
    long killed = ours.kill();
    peer.awaitEntering(PeerScene.VRID, State.MASTER, killed, PeerScene.LIMIT);
    scene.assertServedBy(scene.b, killed);
  }

  @Test
  void keepalivedTakesOverWithinItsSkewAfterSigterm() {
    long asked = System.nanoTime();
    assertThat(ours.terminate()).isZero();
    var resignation =
        scene.capture.awaitFrame(
            "our resignation",
            f -> f.isAdvert(PeerScene.VRID, scene.a.address()) && priority(f) == 0,
            asked,
            PeerScene.LIMIT);
    var announcement =
        scene.capture.awaitFrame(
            "the peer's announcement",
            f -> f.isAnnouncement(PeerScene.VIP, scene.b.mac()),
            asked,
            PeerScene.LIMIT);
    // Skew_Time of priority 80 in version 2 is 687.5 ms, far below the 3.7 s of a silent death.
    assertThat(announcement.since(resignation)).isLessThan(Duration.ofMillis(2500));
    assertThat(scene.a.hasAddress(PeerScene.VIP)).isFalse();
    scene.assertServedBy(scene.b, asked);
    scene.assertOnlyHolder(scene.b);
  }

  @Test
  void keepalivedTakesOverWhenOurCableIsCutAndWeReturnWithoutADuel() {
    long cut = scene.a.cutCable();
    ours.awaitEntering("FAULT", cut, PeerScene.LIMIT);
    scene.assertServedBy(scene.b, cut);
    assertThat(scene.a.hasAddress(PeerScene.VIP)).isFalse();
    long plugged = scene.a.plugCable();
    ours.awaitEntering("BACKUP", plugged, PeerScene.LIMIT);
    ours.awaitEntering("ACTIVE", plugged, PeerScene.LIMIT);
    scene.assertServedBy(scene.a, plugged);
    scene.assertOnlyHolder(scene.a);
  }

  private static int priority(io.havip.testkit.lab.Frame frame) {
    return ((io.havip.testkit.lab.Packet.VrrpAdvert) frame.packet()).priority();
  }
}

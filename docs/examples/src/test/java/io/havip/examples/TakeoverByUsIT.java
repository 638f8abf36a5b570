package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.RealNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keepalived is MASTER, our member is the backup, on the seed's configuration. */
class TakeoverByUsIT {

  private PeerScene scene;
  private Member ours;
  private Keepalived peer;

  @BeforeEach
  void keepalivedServes() {
    RealNetwork.assume("keepalived", "tcpdump", "arping");
    scene = new PeerScene();
    long start = System.nanoTime();
    peer =
        scene.closeLater(Keepalived.start(scene.b, KeepalivedConfig.of(scene.seed(scene.b, 100))));
    peer.awaitState(PeerScene.VRID, State.MASTER, PeerScene.LIMIT);
    ours = scene.closeLater(Member.start(scene.a, KeepalivedConfig.of(scene.seed(scene.a, 80))));
    scene.assertServedBy(scene.b, start);
    scene.assertOnlyHolder(scene.b);
  }

  @AfterEach
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  @Test
  void weTakeOverAfterSigkill() {
    long killed = peer.kill();
    ours.awaitEntering("ACTIVE", killed, PeerScene.LIMIT);
    scene.assertServedBy(scene.a, killed);
  }

  @Test
  void weTakeOverAfterItsResignation() {
    long asked = peer.stop();
    var line = ours.awaitEntering("ACTIVE", asked, PeerScene.LIMIT);
    assertThat(line.text()).contains("172.17.16.13 resigned");
    scene.assertServedBy(scene.a, asked);
    scene.assertOnlyHolder(scene.a);
  }

  @Test
  void weTakeOverWhenItsCableIsCutAndYieldWhenItReturns() {
    long cut = scene.b.cutCable();
    ours.awaitEntering("ACTIVE", cut, PeerScene.LIMIT);
    scene.assertServedBy(scene.a, cut);
    long plugged = scene.b.plugCable();
    ours.awaitEntering("BACKUP", plugged, PeerScene.LIMIT);
    scene.assertServedBy(scene.b, plugged);
    scene.assertOnlyHolder(scene.b);
  }
}

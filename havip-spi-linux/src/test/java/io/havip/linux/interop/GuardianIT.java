package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.RouterState;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.Packet;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A member that is killed leaves no address behind, and its peers hear of it at once. */
class GuardianIT {

  private static Scene scene;

  @BeforeAll
  static void open() {
    RealNetwork.assume("keepalived", "tcpdump");
    scene = new Scene();
  }

  @AfterAll
  static void close() {
    if (scene != null) {
      scene.close();
    }
  }

  @AfterEach
  void endRow() throws Exception {
    scene.endRow();
  }

  @Test
  void keepalivedTakesOverWithinItsSkew() {
    Spec group = scene.nextGroup(false, 200).withInterval(Duration.ofSeconds(1));
    long began = System.nanoTime();
    Ours.OfProcess ours = scene.closeLater(Ours.process(scene.ours, group));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    ours.awaitGuardian(began);
    Keepalived peer =
        scene.closeLater(Keepalived.start(scene.theirs, group.withPriority(100).keepalived()));
    peer.awaitState(group.vrid(), State.BACKUP, Scene.LIMIT);
    long killed = ours.kill();
    Frame resignation =
        scene.capture.awaitFrame(
            "the guardian's resignation",
            f -> f.isAdvert(group.vrid(), scene.ours.address()) && priority(f) == 0,
            killed,
            Scene.LIMIT);
    Frame announcement =
        scene.capture.awaitFrame(
            "the peer's announcement",
            f -> f.isAnnouncement(group.vip(), scene.theirs.mac()),
            killed,
            Scene.LIMIT);
    assertThat(scene.ours.hasAddress(group.vip())).isFalse();
    System.out.println(
        "kill -> resignation "
            + (resignation.nanos() - killed) / 1e6
            + " -> garp "
            + announcement.since(resignation));
  }

  private static int priority(Frame frame) {
    return ((Packet.VrrpAdvert) frame.packet()).priority();
  }
}

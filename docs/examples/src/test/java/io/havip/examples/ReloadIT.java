package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.KeepalivedConfig.Instance;
import io.havip.testkit.lab.LabProcess.Signal;
import io.havip.testkit.lab.Packet;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SIGHUP while ACTIVE beside a real Keepalived: the file is read anew, and nobody takes over. */
class ReloadIT {

  private static final String ADDED = "172.17.16.4";

  private PeerScene scene;
  private Member ours;
  private Keepalived peer;

  @BeforeEach
  void open() {
    RealNetwork.assume("keepalived", "tcpdump", "arping");
    scene = new PeerScene();
    ours = scene.closeLater(Member.start(scene.a, KeepalivedConfig.of(instance(100))));
    ours.awaitActive(PeerScene.LIMIT);
    peer = scene.closeLater(Keepalived.start(scene.b, KeepalivedConfig.of(instance(80))));
    peer.awaitState(PeerScene.VRID, State.BACKUP, PeerScene.LIMIT);
  }

  @AfterEach
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  @Test
  void aNewPriority_isOnTheWire_withoutATakeoverOrAnAnnouncement() {
    long changed = reload(KeepalivedConfig.of(instance(120)));
    ours.process().awaitLine(l -> l.contains("has a new priority"), changed, PeerScene.LIMIT);
    awaitPriority(120, changed);
    assertThat(scene.capture.frames(f -> f.nanos() >= changed && isOurAnnouncement(f))).isEmpty();
    assertNobodyElseWasActive();
    assertThat(ours.terminate()).isZero();
  }

  @Test
  void aFileThatCannotBeUsed_changesNothing_andSaysSo() {
    long changed = reload(KeepalivedConfig.of(instance(120).set("virtual_router_id", "300")));
    ours.process().awaitLine(l -> l.contains("nothing has changed"), changed, PeerScene.LIMIT);
    long after = System.nanoTime();
    awaitPriority(100, after);
    awaitPriority(110, reload(KeepalivedConfig.of(instance(110))));
    assertNobodyElseWasActive();
    assertThat(ours.terminate()).as("an orderly end all the same").isZero();
  }

  @Test
  void anAddedAddress_isBoundAndAnnounced_andTheOldOneDoesNotBlink() {
    long changed = reload(KeepalivedConfig.of(instance(100).vip(ADDED)));
    scene.capture.awaitFrame(
        "an announcement of the added address",
        f -> f.isAnnouncement(ADDED, scene.a.mac()),
        changed,
        PeerScene.LIMIT);
    assertThat(scene.a.hasAddress(ADDED)).isTrue();
    assertThat(scene.client.allArpAnswers(ADDED)).containsExactly(scene.a.mac());
    long removed = reload(KeepalivedConfig.of(instance(100)));
    ours.process().awaitLine(l -> l.contains(ADDED + " is off"), removed, PeerScene.LIMIT);
    scene.a.awaitNoAddress(ADDED, PeerScene.LIMIT);
    assertThat(ours.process().lines()).noneMatch(l -> l.text().contains(PeerScene.VIP + " is off"));
    assertThat(scene.capture.frames(f -> f.nanos() >= changed && isOurAnnouncement(f))).isEmpty();
    assertNobodyElseWasActive();
  }

  /** A patient group without a second round, so that every announcement has a cause. */
  private Instance instance(int priority) {
    return scene.multicast(priority, Duration.ofSeconds(1)).set("garp_master_delay", "0");
  }

  private long reload(KeepalivedConfig config) {
    ours.rewrite(config);
    return ours.process().signal(Signal.HUP);
  }

  private boolean isOurAnnouncement(Frame frame) {
    return frame.isAnnouncement(PeerScene.VIP);
  }

  private void awaitPriority(int priority, long since) {
    scene.capture.awaitFrame(
        "an advert of priority " + priority,
        f ->
            f.isAdvert(PeerScene.VRID, scene.a.address())
                && f.packet() instanceof Packet.VrrpAdvert vrrp
                && vrrp.priority() == priority,
        since,
        PeerScene.LIMIT);
  }

  private void assertNobodyElseWasActive() {
    assertThat(peer.state(PeerScene.VRID)).contains(State.BACKUP);
    assertThat(scene.capture.frames(f -> f.isAdvert(PeerScene.VRID, scene.b.address()))).isEmpty();
    assertThat(ours.process().lines()).filteredOn(l -> l.text().contains(" -> ACTIVE,")).hasSize(1);
    assertThat(ours.process().lines()).noneMatch(l -> l.text().contains(" ACTIVE -> "));
  }
}

package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.RouterState;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.Packet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/**
 * What tests of the guardian share. Their limits are generous, for the machine may be loaded; what
 * it takes on a quiet one is in {@code docs/benchmarks}.
 */
abstract class OnGuardedScene extends OnScene {

  static final Duration SECOND = Duration.ofSeconds(1);

  /** Kill to silence; ten milliseconds on a quiet machine. */
  static final Duration SOON = Duration.ofMillis(500);

  /** Keepalived's Skew_Time of priority 100 at one second, by RFC 9568. */
  static final Duration SKEW = Duration.ofNanos(1_000_000_000L * (256 - 100) / 256);

  long began;
  private LabProcess monitor;

  @BeforeEach
  void begin() {
    began = System.nanoTime();
    monitor = scene.closeLater(scene.ours.monitorAddresses());
  }

  Ours.OfProcess holder(Spec group, String... options) {
    long start = System.nanoTime();
    Ours.OfProcess ours =
        scene.closeLater(
            Ours.process(
                scene.ours, group, options.length == 0 ? List.of("-Xmx64m") : List.of(options)));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    ours.awaitGuardian(start);
    scene.ours.awaitAddress(group.vip(), Scene.LIMIT);
    return ours;
  }

  Keepalived backup(Spec group) {
    Keepalived peer =
        scene.closeLater(Keepalived.start(scene.theirs, group.withPriority(100).keepalived()));
    peer.awaitState(group.vrid(), State.BACKUP, Scene.LIMIT);
    return peer;
  }

  static int priority(Frame frame) {
    return ((Packet.VrrpAdvert) frame.packet()).priority();
  }

  static boolean isResignation(Spec group, Frame frame) {
    return frame.isAdvert(group.vrid()) && priority(frame) == 0 && scene.isFrom(scene.ours, frame);
  }

  static List<Frame> resignations(Spec group) {
    scene.capture.drain();
    return scene.capture.frames(f -> isResignation(group, f));
  }

  /** How soon, the resignation tells: it follows, and the kernel says when. */
  void assertTakenOff(Spec group, long ended) {
    monitor.awaitLine(
        text -> text.startsWith("Deleted") && text.contains(group.vip() + "/"), ended, Scene.LIMIT);
    assertThat(scene.ours.hasAddress(group.vip())).isFalse();
  }

  static Frame awaitResignation(Spec group, long since) {
    return scene.capture.awaitFrame(
        "the guardian's resignation", f -> isResignation(group, f), since, Scene.LIMIT);
  }

  static Frame assertResigned(Spec group, long ended) {
    Frame resignation = awaitResignation(group, ended);
    assertThat(Duration.ofNanos(resignation.nanos() - ended)).isLessThan(SOON);
    return resignation;
  }

  static void assertTakenOverWithinSkew(Spec group, Frame resignation) {
    Frame announcement =
        scene.capture.awaitFrame(
            "the peer's announcement",
            f -> f.isAnnouncement(group.vip(), scene.theirs.mac()),
            resignation.nanos(),
            Scene.LIMIT);
    assertThat(announcement.since(resignation))
        .isBetween(SKEW.minusMillis(2), SKEW.plus(Duration.ofMillis(300)));
  }
}

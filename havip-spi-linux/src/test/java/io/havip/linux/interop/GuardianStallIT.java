package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.LabProcess.Signal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A member that lives on but stands still is resigned in its place, if that lasts. */
class GuardianStallIT extends OnGuardedScene {

  @BeforeAll
  static void openScene() {
    open("keepalived", "tcpdump");
  }

  /** How a process that lives on can stand still. */
  enum Standstill {
    SIGSTOP,
    LONG_SAFEPOINT
  }

  @ParameterizedTest
  @EnumSource(Standstill.class)
  void aProcessThatStandsStillIsResignedAndDoesNotActWhenItWakes(Standstill how) {
    Spec group = scene.nextGroup(false, 200).withInterval(SECOND);
    Path file = scene.lab.folder().resolve("safepoint-" + group.vrid());
    Ours.OfProcess ours = holder(group, "-Xmx64m", "-D" + MemberMain.SAFEPOINT_FILE + "=" + file);
    backup(group);
    long stopped = System.nanoTime();
    switch (how) {
      case SIGSTOP -> ours.process().signal(Signal.STOP);
      case LONG_SAFEPOINT -> scene.ours.exec("touch", file.toString());
    }
    Frame resignation = awaitResignation(group, stopped);
    Frame last =
        scene
            .capture
            .lastBefore(resignation, f -> f.isAdvert(group.vrid()) && priority(f) == 200)
            .orElseThrow();
    // Seven eighths of the patience of a peer of priority 254.
    assertThat(resignation.since(last)).isBetween(Duration.ofMillis(2600), Duration.ofMillis(3000));
    assertThat(scene.ours.hasAddress(group.vip())).isFalse();
    assertTakenOverWithinSkew(group, resignation);
    long woken =
        switch (how) {
          case SIGSTOP -> ours.process().signal(Signal.CONT);
          case LONG_SAFEPOINT ->
              ours.process()
                  .awaitLine(line -> line.equals(MemberMain.RELEASED), stopped, Scene.LIMIT)
                  .nanos();
        };
    ours.process().awaitLine(line -> line.equals("state ACTIVE"), woken, Scene.LIMIT);
    scene.capture.drain();
    // Before it elects itself again, being of higher priority, it listens.
    Frame first =
        scene.capture.frames(f -> f.nanos() > resignation.nanos() && speaks(group, f)).getFirst();
    assertThat(Duration.ofNanos(first.nanos() - woken)).isGreaterThan(Duration.ofMillis(2800));
    assertThat(resignations(group)).hasSize(1);
  }

  private static boolean speaks(Spec group, Frame frame) {
    return frame.isAnnouncement(group.vip(), scene.ours.mac())
        || (frame.isAdvert(group.vrid()) && scene.isFrom(scene.ours, frame));
  }

  @Test
  void aShortPauseCostsNothing() {
    Spec group = scene.nextGroup(false, 200).withInterval(SECOND);
    Ours.OfProcess ours = holder(group);
    backup(group);
    long pid = ours.process().pid();
    scene.ours.exec("sh", "-c", "kill -STOP %d; sleep 1.2; kill -CONT %d".formatted(pid, pid));
    long woken = System.nanoTime();
    scene.capture.awaitFrame(
        "an advert", f -> f.isAdvert(group.vrid()) && priority(f) == 200, woken, Scene.LIMIT);
    scene.assertOnlySpeaker(scene.ours, group);
    assertThat(resignations(group)).isEmpty();
    assertThat(scene.ours.hasAddress(group.vip())).isTrue();
  }
}

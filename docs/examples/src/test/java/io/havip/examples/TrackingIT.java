package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.RealNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What our member tracks decides whether it or a real Keepalived serves. */
class TrackingIT {

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
  void aWeightedScript_movesTheRoleAfterFallFailures_andBackAfterRiseSuccesses() throws Exception {
    Path failed = scene.lab.folder().resolve("failed");
    Member ours =
        start(
            KeepalivedConfig.of(
                    scene.multicast(100, INTERVAL).add("track_script", "check_database"))
                .block(
                    "vrrp_script check_database",
                    "script \"/usr/bin/test ! -e " + failed + "\"",
                    "interval 1",
                    "fall 2",
                    "rise 3",
                    "weight -60"));
    Keepalived peer = startPeer();
    long failing = System.nanoTime();
    Files.createFile(failed);
    ours.awaitEntering("BACKUP", failing, PeerScene.LIMIT);
    peer.awaitState(PeerScene.VRID, State.MASTER, PeerScene.LIMIT);
    scene.assertServedBy(scene.b, failing);
    scene.assertOnlyHolder(scene.b);
    long lowered = ours.process().awaitLine(l -> l.contains("100 -> 40"), PeerScene.LIMIT).nanos();
    assertThat(Duration.ofNanos(lowered - failing))
        .as("one failure is not enough, so that an interval passes after the first")
        .isGreaterThan(Duration.ofSeconds(1));
    long mended = System.nanoTime();
    Files.delete(failed);
    long back = ours.awaitEntering("ACTIVE", mended, PeerScene.LIMIT).nanos();
    assertThat(Duration.ofNanos(back - mended))
        .as("three successes span two intervals")
        .isGreaterThan(Duration.ofSeconds(2));
    scene.assertServedBy(scene.a, mended);
    scene.assertOnlyHolder(scene.a);
  }

  @Test
  void aScriptThatHangs_isEnded_andItsMemberGivesUpTheAddress() throws Exception {
    Path hang = scene.lab.folder().resolve("hang");
    Path pid = scene.lab.folder().resolve("pid");
    Path script =
        executable(
            """
            #!/bin/sh
            [ -e %s ] || exit 0
            echo $$ >> %s
            exec sleep 1000
            """
                .formatted(hang, pid));
    Member ours =
        start(
            KeepalivedConfig.of(scene.multicast(100, INTERVAL).add("track_script", "check"))
                .block("vrrp_script check", "script " + script, "interval 1", "timeout 1"));
    Keepalived peer = startPeer();
    long hanging = System.nanoTime();
    Files.createFile(hang);
    ours.awaitEntering("FAULT", hanging, PeerScene.LIMIT);
    peer.awaitState(PeerScene.VRID, State.MASTER, PeerScene.LIMIT);
    scene.assertServedBy(scene.b, hanging);
    long mended = System.nanoTime();
    Files.delete(hang);
    ours.awaitEntering("ACTIVE", mended, PeerScene.LIMIT);
    scene.assertServedBy(scene.a, mended);
    for (String each : Files.readAllLines(pid)) {
      Await.until(
          "the hung script " + each + " is gone",
          PeerScene.LIMIT,
          () -> ProcessHandle.of(Long.parseLong(each)).isEmpty());
    }
  }

  @Test
  void aTrackedInterfaceThatGoesDown_movesTheRole_andBack() {
    scene.a.exec("ip", "link", "add", "uplink0", "type", "veth", "peer", "name", "uplink1");
    scene.a.exec("ip", "link", "set", "uplink1", "up");
    scene.a.exec("ip", "link", "set", "uplink0", "up");
    Member ours =
        start(
            KeepalivedConfig.of(scene.multicast(100, INTERVAL).add("track_interface", "uplink0")));
    Keepalived peer = startPeer();
    long down = System.nanoTime();
    // The carrier goes, not the interface: what a pulled cable looks like.
    scene.a.exec("ip", "link", "set", "uplink1", "down");
    ours.awaitEntering("FAULT", down, PeerScene.LIMIT);
    peer.awaitState(PeerScene.VRID, State.MASTER, PeerScene.LIMIT);
    scene.assertServedBy(scene.b, down);
    scene.assertOnlyHolder(scene.b);
    long up = System.nanoTime();
    scene.a.exec("ip", "link", "set", "uplink1", "up");
    ours.awaitEntering("ACTIVE", up, PeerScene.LIMIT);
    scene.assertServedBy(scene.a, up);
    scene.assertOnlyHolder(scene.a);
  }

  @Test
  void theNumberInAFile_movesTheRole_andTheFileThatIsGoneMovesItBack() throws Exception {
    Path load = scene.lab.folder().resolve("load");
    Member ours =
        start(
            KeepalivedConfig.of(scene.multicast(100, INTERVAL).add("track_file", "load"))
                .block("track_file load", "file " + load, "weight -2"));
    Keepalived peer = startPeer();
    long busy = System.nanoTime();
    Files.writeString(load, "30\n");
    ours.awaitEntering("BACKUP", busy, PeerScene.LIMIT);
    peer.awaitState(PeerScene.VRID, State.MASTER, PeerScene.LIMIT);
    scene.assertServedBy(scene.b, busy);
    scene.assertOnlyHolder(scene.b);
    long idle = System.nanoTime();
    Files.delete(load);
    ours.awaitEntering("ACTIVE", idle, PeerScene.LIMIT);
    scene.assertServedBy(scene.a, idle);
    long fault = System.nanoTime();
    Files.writeString(load, "127\n");
    ours.awaitEntering("FAULT", fault, PeerScene.LIMIT);
    scene.assertServedBy(scene.b, fault);
  }

  @Test
  void aProcessThatEnds_movesTheRole_andItsSuccessorMovesItBack() throws Exception {
    String name = "p" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    Path program =
        Files.createSymbolicLink(
            scene.lab.folder().resolve(name), Path.of("/bin/sleep").toRealPath());
    Process first = new ProcessBuilder(program.toString(), "1000").start();
    Process second = null;
    try {
      start(
          KeepalivedConfig.of(scene.multicast(100, INTERVAL).add("track_process", "server"))
              .block("vrrp_track_process server", "process " + name));
      Keepalived peer = startPeer();
      long ended = System.nanoTime();
      first.destroyForcibly();
      peer.awaitState(PeerScene.VRID, State.MASTER, PeerScene.LIMIT);
      scene.assertServedBy(scene.b, ended);
      scene.assertOnlyHolder(scene.b);
      long back = System.nanoTime();
      second = new ProcessBuilder(program.toString(), "1000").start();
      peer.awaitState(PeerScene.VRID, State.BACKUP, PeerScene.LIMIT);
      scene.assertServedBy(scene.a, back);
      scene.assertOnlyHolder(scene.a);
    } finally {
      first.destroyForcibly();
      if (second != null) {
        second.destroyForcibly();
      }
    }
  }

  private Member start(KeepalivedConfig config) {
    Member ours = scene.closeLater(Member.start(scene.a, config));
    ours.awaitActive(PeerScene.LIMIT);
    return ours;
  }

  private Keepalived startPeer() {
    Keepalived peer =
        scene.closeLater(
            Keepalived.start(scene.b, KeepalivedConfig.of(scene.multicast(80, INTERVAL))));
    peer.awaitState(PeerScene.VRID, State.BACKUP, PeerScene.LIMIT);
    return peer;
  }

  private Path executable(String text) throws IOException {
    Path file = Files.writeString(scene.lab.folder().resolve("check.sh"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

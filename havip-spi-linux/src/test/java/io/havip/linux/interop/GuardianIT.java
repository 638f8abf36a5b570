package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.RouterState;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Frr;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.LabProcess.Signal;
import io.havip.testkit.lab.Packet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A member that ends without closing leaves no address behind, and its peers hear of it at once.
 *
 * <p>The limits are generous, for the machine may be loaded; what it takes on a quiet one is in
 * {@code docs/benchmarks}.
 */
class GuardianIT extends OnScene {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Kill to silence; ten milliseconds on a quiet machine. */
  private static final Duration SOON = Duration.ofMillis(500);

  /** Keepalived's Skew_Time of priority 100 at one second, by RFC 9568. */
  private static final Duration SKEW = Duration.ofNanos(1_000_000_000L * (256 - 100) / 256);

  private long began;
  private LabProcess monitor;

  @BeforeAll
  static void openScene() {
    open("keepalived", "vrrpd", "zebra", "tcpdump");
  }

  @BeforeEach
  void begin() {
    began = System.nanoTime();
    monitor = scene.closeLater(scene.ours.monitorAddresses());
  }

  private Ours.OfProcess holder(Spec group, String... options) {
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

  private Keepalived backup(Spec group) {
    Keepalived peer =
        scene.closeLater(Keepalived.start(scene.theirs, group.withPriority(100).keepalived()));
    peer.awaitState(group.vrid(), State.BACKUP, Scene.LIMIT);
    return peer;
  }

  private static int priority(Frame frame) {
    return ((Packet.VrrpAdvert) frame.packet()).priority();
  }

  private static boolean isResignation(Spec group, Frame frame) {
    return frame.isAdvert(group.vrid()) && priority(frame) == 0 && scene.isFrom(scene.ours, frame);
  }

  private static List<Frame> resignations(Spec group) {
    scene.capture.drain();
    return scene.capture.frames(f -> isResignation(group, f));
  }

  /** How soon, the resignation tells: it follows, and the kernel says when. */
  private void assertTakenOff(Spec group, long ended) {
    monitor.awaitLine(
        text -> text.startsWith("Deleted") && text.contains(group.vip() + "/"), ended, Scene.LIMIT);
    assertThat(scene.ours.hasAddress(group.vip())).isFalse();
  }

  private static Frame awaitResignation(Spec group, long since) {
    return scene.capture.awaitFrame(
        "the guardian's resignation", f -> isResignation(group, f), since, Scene.LIMIT);
  }

  private static Frame assertResigned(Spec group, long ended) {
    Frame resignation = awaitResignation(group, ended);
    assertThat(Duration.ofNanos(resignation.nanos() - ended)).isLessThan(SOON);
    return resignation;
  }

  private static void assertTakenOverWithinSkew(Spec group, Frame resignation) {
    Frame announcement =
        scene.capture.awaitFrame(
            "the peer's announcement",
            f -> f.isAnnouncement(group.vip(), scene.theirs.mac()),
            resignation.nanos(),
            Scene.LIMIT);
    assertThat(announcement.since(resignation))
        .isBetween(SKEW.minusMillis(2), SKEW.plus(Duration.ofMillis(300)));
  }

  /** How a process can end without a word. */
  enum End {
    SIGKILL,
    HALT,
    CRASH
  }

  /** Ends the process, and returns a time at which it had just not ended. */
  private static long end(End how, Ours.OfProcess ours, Path haltFile) {
    return switch (how) {
      case SIGKILL -> ours.kill();
      case HALT -> {
        scene.ours.exec("touch", haltFile.toString());
        ours.process().awaitExit(Scene.LIMIT);
        yield System.nanoTime();
      }
      case CRASH -> {
        scene.ours.exec("kill", "-SEGV", Long.toString(ours.process().pid()));
        ours.process()
            .awaitExit(Scene.LIMIT); // the JVM first writes what has happened, and goes on
        yield System.nanoTime();
      }
    };
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void whateverEndsTheProcessKeepalivedTakesOverWithinItsSkew(End how) {
    Spec group = scene.nextGroup(false, 200).withInterval(SECOND);
    Path haltFile = scene.lab.folder().resolve("halt-" + group.vrid());
    Ours.OfProcess ours =
        holder(
            group,
            "-Xmx64m",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + scene.lab.folder().resolve("hs_err.log"),
            "-D" + MemberMain.HALT_FILE + "=" + haltFile);
    backup(group);
    long before = System.nanoTime();
    end(how, ours, haltFile);
    scene.ours.awaitNoAddress(group.vip(), SOON);
    assertTakenOverWithinSkew(group, awaitResignation(group, before));
    scene.assertServedBy(scene.theirs, group.withPriority(100), before);
    assertThat(resignations(group)).hasSize(1);
  }

  @Test
  void itIsSilentSoonAfterSigkill() {
    Spec group = scene.nextGroup(false, 200);
    Ours.OfProcess ours = holder(group);
    long ended = ours.kill();
    assertTakenOff(group, ended);
    assertResigned(group, ended);
    assertThat(scene.client.allArpAnswers(group.vip())).isEmpty();
  }

  /** The memory of the process is taken down for some hundred milliseconds after its death. */
  @Test
  void aLargeHeapDoesNotDelayIt() {
    Spec group = scene.nextGroup(false, 200).withInterval(SECOND);
    Ours.OfProcess ours = holder(group, "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");
    backup(group);
    long ended = ours.process().signal(Signal.KILL);
    assertTakenOff(group, ended);
    assertTakenOverWithinSkew(group, assertResigned(group, ended));
  }

  @Test
  void frrTakesOverWithinItsSkew() {
    Spec group = scene.nextGroup(false, 200).withInterval(SECOND).withVmac(true);
    Ours.OfProcess ours = holder(group);
    scene
        .closeLater(Frr.start(scene.theirs, group.withPriority(100).frr()))
        .awaitState(group.vrid(), Frr.State.BACKUP, Scene.LIMIT);
    long ended = ours.kill();
    Frame resignation = assertResigned(group, ended);
    scene.assertServedByFrr(group.withPriority(100), ended);
    Frame advert =
        scene.capture.awaitFrame(
            "FRR's advert",
            f -> f.isAdvert(group.vrid()) && priority(f) == 100,
            resignation.nanos(),
            Scene.LIMIT);
    assertThat(advert.since(resignation)).isLessThan(SKEW.plus(Duration.ofMillis(300)));
    Await.until(
        "the macvlan to go",
        Scene.LIMIT,
        () -> !scene.ours.exec("ip", "-o", "link").contains("vrrp"));
  }

  enum Kind {
    IPV6,
    UNICAST,
    VIRTUAL_MAC,
    VERSION_2
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void itResignsAsTheRouterWould(Kind kind) {
    Spec plain = scene.nextGroup(kind == Kind.IPV6, 200);
    Spec group =
        switch (kind) {
          case IPV6 -> plain;
          case UNICAST -> plain.withUnicast(scene.ours.address(), scene.theirs.address());
          case VIRTUAL_MAC -> plain.withVmac(true);
          case VERSION_2 -> plain.withVersion(2);
        };
    Ours.OfProcess ours = holder(group);
    Spec theirs =
        kind == Kind.UNICAST
            ? group.withUnicast(scene.theirs.address(), scene.ours.address())
            : group;
    Keepalived peer = backup(theirs);
    Frame advert =
        scene.capture.awaitFrame(
            "an advert", f -> f.isAdvert(group.vrid()) && priority(f) == 200, began, Scene.LIMIT);
    long ended = ours.kill();
    assertTakenOff(group, ended);
    Frame resignation = assertResigned(group, ended);
    Packet.VrrpAdvert said = (Packet.VrrpAdvert) resignation.packet();
    Packet.VrrpAdvert before = (Packet.VrrpAdvert) advert.packet();
    assertThat(said).usingRecursiveComparison().ignoringFields("priority").isEqualTo(before);
    peer.awaitEntering(group.vrid(), State.MASTER, ended, Scene.LIMIT);
    Await.until(
        "nothing to be left behind",
        Scene.LIMIT,
        () -> !scene.ours.exec("ip", "-o", "addr").contains("vrrp"));
  }

  private static Stream<ProcessHandle> guardian(Ours.OfProcess ours) {
    return ProcessHandle.of(ours.process().pid()).stream()
        .flatMap(ProcessHandle::children)
        .filter(child ->
            child.info().arguments().stream()
                .flatMap(Stream::of)
                .anyMatch(argument -> argument.endsWith("GuardianMain")));
  }

  private static ProcessHandle guardianOf(Ours.OfProcess ours) {
    return Await.until(
            "the guardian of " + ours.process().pid(),
            Scene.LIMIT,
            () -> guardian(ours).findFirst(),
            found -> found.isPresent())
        .orElseThrow();
  }

  @Test
  void aGuardianThatDiesIsReplaced() {
    Spec group = scene.nextGroup(false, 200);
    Ours.OfProcess ours = holder(group);
    backup(group);
    long killed = System.nanoTime();
    guardianOf(ours).destroyForcibly();
    ours.process().awaitLine(line -> line.contains("the guardian ended"), killed, Scene.LIMIT);
    ours.awaitGuardian(killed);
    assertThat(resignations(group)).isEmpty();
    scene.assertOnlySpeaker(scene.ours, group);
    long ended = ours.kill();
    assertTakenOff(group, ended);
    assertResigned(group, ended);
  }

  /** Then the stall fence is what counts. */
  @Test
  void killedTogetherWithItsGuardianTheProcessIsSilencedByTheKernel() {
    Spec group = scene.nextGroup(false, 200);
    Ours.OfProcess ours = holder(group);
    assertThat(scene.client.allArpAnswers(group.vip())).containsExactly(scene.ours.mac());
    guardianOf(ours).destroyForcibly();
    ours.kill();
    Await.until("silence", Scene.LIMIT, () -> scene.client.allArpAnswers(group.vip()).isEmpty());
    assertThat(resignations(group)).isEmpty();
    holder(group);
    assertThat(scene.client.allArpAnswers(group.vip())).containsExactly(scene.ours.mac());
  }

  @Test
  void anOrderlyEndIsTheProcesssOwnAffair() {
    Spec group = scene.nextGroup(false, 200);
    Ours.OfProcess ours = holder(group);
    backup(group);
    ProcessHandle guardian = guardianOf(ours);
    // A terminal and a service manager tell all processes.
    scene.ours.exec("kill", "-INT", Long.toString(guardian.pid()));
    scene.ours.exec("kill", "-TERM", Long.toString(guardian.pid()));
    scene.ours.exec("kill", "-HUP", Long.toString(guardian.pid()));
    scene.assertOnlySpeaker(scene.ours, group);
    assertThat(guardian.isAlive()).isTrue();
    ours.stop();
    Await.until("the guardian to end", Scene.LIMIT, () -> !guardian.isAlive());
    scene.assertServedBy(scene.theirs, group.withPriority(100), began);
    assertThat(resignations(group)).hasSize(1);
  }

  @Test
  void anotherProcessOnTheHostIsLeftAlone() {
    Spec one = scene.nextGroup(false, 200);
    Spec two = scene.nextGroup(false, 200);
    Ours.OfProcess dies = holder(one);
    holder(two);
    long ended = dies.kill();
    assertTakenOff(one, ended);
    assertResigned(one, ended);
    scene.assertOnlySpeaker(scene.ours, two);
    assertThat(scene.ours.hasAddress(two.vip())).isTrue();
    assertThat(resignations(two)).isEmpty();

    Ours.OfProcess again = holder(one);
    assertTakenOff(one, again.kill());
  }

  @Test
  void aStoppedProcessIsResignedAndDoesNotActWhenItWakes() {
    Spec group = scene.nextGroup(false, 200).withInterval(SECOND);
    Ours.OfProcess ours = holder(group);
    backup(group);
    long stopped = ours.process().signal(Signal.STOP);
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
    long woken = ours.process().signal(Signal.CONT);
    ours.process().awaitLine(line -> line.equals("state ACTIVE"), woken, Scene.LIMIT);
    scene.capture.drain();
    // Before it elects itself again, being of higher priority, it listens.
    Frame first = scene.capture.frames(f -> f.nanos() > woken && speaks(group, f)).getFirst();
    assertThat(Duration.ofNanos(first.nanos() - woken)).isGreaterThan(Duration.ofMillis(2900));
    assertThat(resignations(group)).hasSize(1);
  }

  /** The guardian resigns, and who claims quickly does not wait for its skew. */
  @Test
  void ofThreeMembersOneTakesOverAtOnceAndTheBestStays() {
    Spec group = scene.nextGroup(false, 200).withInterval(SECOND);
    Ours.OfProcess ours = holder(group);
    for (var member :
        Map.of(scene.theirs, group.withPriority(100), scene.client, group.withPriority(50))
            .entrySet()) {
      scene
          .closeLater(Ours.inProcess(member.getKey(), member.getValue()))
          .await(RouterState.BACKUP, Scene.LIMIT);
    }
    scene.assertOnlySpeaker(scene.ours, group); // all have heard it
    long ended = ours.kill();
    assertTakenOff(group, ended);
    Frame announcement =
        scene.capture.awaitFrame(
            "an announcement", f -> f.isAnnouncement(group.vip()), ended, Scene.LIMIT);
    assertThat(Duration.ofNanos(announcement.nanos() - ended)).isLessThan(SKEW.dividedBy(2));
    // On a loaded machine the lesser one may have been first, for as long as the other needed.
    Await.until(
        "the best alone to answer",
        Scene.LIMIT,
        () -> scene.client.allArpAnswers(group.vip()).equals(Set.of(scene.theirs.mac())));
    scene.assertOnlySpeaker(scene.theirs, group);
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

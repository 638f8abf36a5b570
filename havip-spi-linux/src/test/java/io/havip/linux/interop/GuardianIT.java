package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.havip.RouterState;
import io.havip.linux.internal.libc.ProcessCalls;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Frr;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess.Signal;
import io.havip.testkit.lab.MemoryLimit;
import io.havip.testkit.lab.Packet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A member that ends without closing leaves no address behind, and its peers hear of it at once.
 *
 * <p>The limits are generous, for the machine may be loaded; what it takes on a quiet one is in
 * {@code docs/benchmarks}.
 */
class GuardianIT extends OnGuardedScene {

  /** Well below the 0.3 s of HotSpot. */
  private static final Duration HALT = Duration.ofMillis(250);

  @BeforeAll
  static void openScene() {
    open("keepalived", "vrrpd", "zebra", "tcpdump");
  }

  /** How a process can end without a word. */
  enum End {
    SIGKILL("-Xmx64m"),
    HALT("-Xmx64m"),
    CRASH("-Xmx64m"),
    /** The JVM ends itself. */
    EXIT_WITHOUT_HEAP("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"),
    CRASH_WITHOUT_HEAP("-Xmx64m", "-XX:+CrashOnOutOfMemoryError"),
    /**
     * The kernel ends the process in a control group of its own. With the guardian in the same
     * group it kills that too at times, while the memory of the first is not free yet.
     */
    OUT_OF_MEMORY("-Xmx512m");

    private final String options;

    End(String... options) {
      this.options = String.join(" ", options);
    }

    List<String> options() {
      return List.of(options.split(" ", -1));
    }
  }

  /** Files whose existence makes the member end. */
  private record Triggers(Path halt, Path memory) {

    static Triggers of(Spec group) {
      Path folder = scene.lab.folder();
      return new Triggers(
          folder.resolve("halt-" + group.vrid()), folder.resolve("memory-" + group.vrid()));
    }

    List<String> options() {
      return List.of(
          "-D" + MemberMain.HALT_FILE + "=" + halt, "-D" + MemberMain.MEMORY_FILE + "=" + memory);
    }
  }

  private static void end(End how, Ours.OfProcess ours, Triggers triggers) {
    switch (how) {
      case SIGKILL -> ours.kill();
      case HALT -> scene.ours.exec("touch", triggers.halt().toString());
      // The JVM first writes what has happened, and goes on.
      case CRASH -> scene.ours.exec("kill", "-SEGV", Long.toString(ours.process().pid()));
      case EXIT_WITHOUT_HEAP, CRASH_WITHOUT_HEAP ->
          scene.ours.exec("touch", triggers.memory().toString());
      case OUT_OF_MEMORY -> {
        Optional<MemoryLimit> limit = MemoryLimit.open("havip-" + scene.lab.name(), 64L << 20);
        assumeTrue(limit.isPresent(), "no control groups for memory that may be written");
        limit.orElseThrow().admit(ours.process().pid());
        scene.ours.exec("touch", triggers.memory().toString());
        assertThat(ours.process().awaitExit(Scene.LIMIT)).isEqualTo(128 + 9);
        scene.closeLater(limit.orElseThrow());
      }
    }
    ours.process().awaitExit(Scene.LIMIT);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void whateverEndsTheProcessKeepalivedTakesOverWithinItsSkew(End how) {
    Spec group = scene.nextGroup(false, 200).withInterval(SECOND);
    Triggers triggers = Triggers.of(group);
    List<String> options = new ArrayList<>(how.options());
    options.add("-XX:-CreateCoredumpOnCrash");
    options.add("-XX:ErrorFile=" + scene.lab.folder().resolve("hs_err.log"));
    options.addAll(triggers.options());
    Ours.OfProcess ours = holder(group, options.toArray(String[]::new));
    backup(group);
    long before = System.nanoTime();
    end(how, ours, triggers);
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

  /** It waits 0.3 s for threads in native code, and the address would answer so long. */
  @Test
  void aProcessThatHaltsIsResignedForWhileItTakesItsTime() {
    int thread = (int) ProcessHandle.current().pid();
    assumeTrue(ProcessCalls.threadDescriptor(thread) >= 0, "Linux before 6.9");
    Spec group = scene.nextGroup(false, 200).withInterval(SECOND);
    Triggers triggers = Triggers.of(group);
    List<String> options = new ArrayList<>(triggers.options());
    options.add("-Xmx64m");
    Ours.OfProcess ours = holder(group, options.toArray(String[]::new));
    scene.ours.exec("touch", triggers.halt().toString());
    long halting = ours.process().awaitLine(l -> l.equals(MemberMain.HALTING), Scene.LIMIT).nanos();
    Frame resignation = awaitResignation(group, began);
    assertThat(Duration.ofNanos(resignation.nanos() - halting)).isLessThan(HALT);
    ours.process().awaitExit(Scene.LIMIT);
    assertThat(scene.ours.hasAddress(group.vip())).isFalse();
    assertThat(resignations(group)).hasSize(1);
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

  /**
   * All with a guardian. They are so far apart in priority and in their round trips that a loaded
   * machine does not change who is first.
   */
  @Test
  void ofThreeMembersExactlyOneTakesOver() {
    String quickClaim = "-D" + MemberMain.QUICK_CLAIM + "=50";
    Spec group = scene.nextGroup(false, 200).withInterval(SECOND);
    Ours.OfProcess ours = holder(group);
    Ours.OfProcess best = member(scene.theirs, group.withPriority(199), quickClaim);
    Ours.OfProcess least = member(scene.client, group.withPriority(1), quickClaim);
    scene.assertOnlySpeaker(scene.ours, group); // all have heard it
    long ended = ours.kill();
    Frame resignation = assertResigned(group, ended);
    best.await(RouterState.ACTIVE, Scene.LIMIT);
    scene.assertOnlySpeaker(scene.theirs, group);
    scene.capture.drain();

    assertThat(scene.capture.frames(f -> f.nanos() > ended && f.isAnnouncement(group.vip())))
        .isNotEmpty()
        .allMatch(f -> f.isAnnouncement(group.vip(), scene.theirs.mac()));
    assertThat(
            scene.capture.frames(f -> f.nanos() > resignation.nanos() && f.isAdvert(group.vrid())))
        .allMatch(f -> f.isAdvert(group.vrid(), scene.theirs.address()));
    assertThat(least.process().lines()).noneMatch(line -> line.text().equals("state ACTIVE"));
  }

  private static Ours.OfProcess member(LabHost host, Spec spec, String option) {
    long start = System.nanoTime();
    Ours.OfProcess member = scene.closeLater(Ours.process(host, spec, List.of("-Xmx64m", option)));
    member.await(RouterState.BACKUP, Scene.LIMIT);
    member.awaitGuardian(start);
    return member;
  }
}

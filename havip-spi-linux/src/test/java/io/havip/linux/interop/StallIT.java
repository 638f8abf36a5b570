package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.RouterState;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.LabProcess.Signal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel silences a holder that is stopped, and no guardian helps. */
class StallIT extends OnScene {

  private static final List<String> KERNEL_FENCES =
      List.of("-Xmx64m", "-D" + MemberMain.FENCES + "=kernel");

  @BeforeAll
  static void openScene() {
    open("tcpdump", "nft", "ping");
  }

  private Ours.OfProcess holder(Spec spec) {
    Ours.OfProcess holder =
        scene.closeLater(Ours.process(scene.ours, spec.withPriority(200), KERNEL_FENCES));
    holder.await(RouterState.ACTIVE, Scene.LIMIT);
    return holder;
  }

  private Onlooker onlooker(Spec spec) {
    Onlooker onlooker = scene.closeLater(Onlooker.start(scene.client, scene.ours, spec.vip()));
    Await.until(
        "answers to the onlooker", Scene.LIMIT, () -> onlooker.answers(scene.capture).size() > 20);
    return onlooker;
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @ParameterizedTest(name = "adverts every {0} ms")
  @CsvSource({"1000, 4500", "100, 1000", "20, 500"})
  void aStoppedHolderIsSilentBeforeTheOtherSpeaks(long interval, long stall) {
    Spec spec = scene.nextGroup(false, 100).withInterval(Duration.ofMillis(interval));
    Ours.OfProcess holder = holder(spec);
    Ours.InProcess backup = scene.closeLater(Ours.inProcess(scene.theirs, spec));
    Onlooker onlooker = onlooker(spec);
    long stopped = holder.process().signal(Signal.STOP);
    assertThat(onlooker.accepted(scene.capture)).as("connections before the stall").isNotEmpty();
    pass(Duration.ofMillis(stall));
    backup.await(RouterState.ACTIVE, Scene.LIMIT);
    long resumed = holder.process().signal(Signal.CONT);
    Frame takeover =
        scene.capture.awaitFrame(
            "an advert of the other",
            f -> f.isAdvert(spec.vrid()) && !scene.isFrom(scene.ours, f),
            stopped,
            Scene.LIMIT);
    assertThat(takeover.nanos()).isLessThan(resumed);
    pass(Duration.ofMillis(2 * interval));
    scene.capture.drain();
    long back =
        scene
            .capture
            .frames(
                f -> f.nanos() > resumed && f.isAdvert(spec.vrid()) && scene.isFrom(scene.ours, f))
            .stream()
            .mapToLong(Frame::nanos)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    assertThat(back).as("who wakes up listens first").isGreaterThan(resumed + interval * 900_000);
    assertThat(onlooker.answers(scene.capture))
        .filteredOn(f -> f.nanos() > takeover.nanos() && f.nanos() < back)
        .as("answers of the stopped holder after the other has spoken")
        .isEmpty();
    assertThat(onlooker.echoes())
        .as("times at which the connection that stayed open was served")
        .anyMatch(at -> at > stopped - 1_000_000_000L && at < takeover.nanos());
    Frame last =
        onlooker.answers(scene.capture).stream()
            .filter(f -> f.nanos() < takeover.nanos())
            .reduce((earlier, later) -> later)
            .orElseThrow();
    assertThat(last.nanos() - stopped)
        .as("it answers for most of the time that the others wait")
        .isGreaterThan(interval * 1_000_000);
  }

  @ParameterizedTest(name = "adverts every {0} ms")
  @CsvSource({"1000, 1500", "100, 130"})
  void aShortStallChangesNothing(long interval, long stall) {
    Spec spec = scene.nextGroup(false, 100).withInterval(Duration.ofMillis(interval));
    Ours.OfProcess holder = holder(spec);
    Ours.InProcess backup = scene.closeLater(Ours.inProcess(scene.theirs, spec));
    Onlooker onlooker = onlooker(spec);
    int changes = backup.changes().size();
    holder.process().signal(Signal.STOP);
    pass(Duration.ofMillis(stall));
    long resumed = holder.process().signal(Signal.CONT);
    Await.until(
        "answers after the stall",
        Scene.LIMIT,
        () ->
            onlooker.answers(scene.capture).stream()
                .anyMatch(f -> f.nanos() > resumed + 2 * interval * 1_000_000));
    assertThat(backup.changes()).hasSize(changes);
  }

  @Test
  void aKilledHolderIsSilentInTheBoundAndLeavesNothingInTheEnd() {
    Spec spec = scene.nextGroup(false, 100).withInterval(Duration.ofMillis(100));
    Ours.OfProcess holder = holder(spec);
    Onlooker onlooker = onlooker(spec);
    long killed = holder.kill();
    scene.ours.awaitNoAddress(spec.vip(), Scene.LIMIT);
    scene.capture.drain();
    assertThat(onlooker.answers(scene.capture))
        .filteredOn(f -> f.nanos() > killed + 300_000_000L)
        .isEmpty();
    assertThat(scene.ours.exec("nft", "list", "ruleset")).contains("havip_0");
    Ours.OfProcess next = holder(spec);
    assertThat(scene.ours.exec("nft", "list", "ruleset")).doesNotContain("havip_1");
    next.stop();
    assertThat(scene.ours.exec("nft", "list", "ruleset")).isEmpty();
  }
}

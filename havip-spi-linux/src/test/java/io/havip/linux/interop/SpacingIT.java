package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.RouterState;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.LabHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code vrrp_garp_interval} and {@code vrrp_gna_interval} on the wire, with the same file read by
 * our member and by Keepalived.
 */
class SpacingIT extends OnScene {

  private static final int VRID = 71;
  private static final int REPEAT = 3;
  private static final Duration SPACING = Duration.ofMillis(100);
  private static final Duration INTERVAL = Duration.ofMillis(300);

  /** The capture and the timers of both programs tick in parts of a millisecond. */
  private static final Duration TOLERANCE = Duration.ofMillis(2);

  @BeforeAll
  static void openScene() {
    open("keepalived", "tcpdump");
  }

  private static List<String> vips(boolean six) {
    return six
        ? List.of("fd00:9::71", "fd00:9::72", "fd00:9::73")
        : List.of("172.17.16.71", "172.17.16.72", "172.17.16.73");
  }

  private static KeepalivedConfig file(boolean six) {
    KeepalivedConfig.Instance instance =
        KeepalivedConfig.instance(VRID)
            .version(3)
            .priority(100)
            .advertInterval(INTERVAL)
            .garp(REPEAT, Duration.ZERO, Duration.ZERO);
    for (String vip : vips(six)) {
      instance = instance.vip(vip);
    }
    return KeepalivedConfig.of(instance)
        .global("vrrp_garp_interval", "0.1")
        .global("vrrp_gna_interval", "0.1");
  }

  @ParameterizedTest(name = "IPv6 {0}")
  @ValueSource(booleans = {false, true})
  void oursKeepsTheGap_andAdvertsGoOn(boolean six) {
    long since = System.nanoTime();
    FileMember ours = scene.closeLater(FileMember.start(scene.ours, file(six)));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);

    List<Frame> announcements = awaitAll(scene.ours, six, since);

    assertThat(gaps(announcements))
        .allMatch(gap -> gap.compareTo(SPACING.minus(TOLERANCE)) >= 0, "is at least 0.1 s");
    assertThat(gaps(adverts(since)))
        .allMatch(gap -> gap.compareTo(INTERVAL.multipliedBy(2)) < 0, "is no lost advert");
  }

  @ParameterizedTest(name = "IPv6 {0}")
  @ValueSource(booleans = {false, true})
  void keepalivedKeepsTheSameGap_butAnnouncesLessOften(boolean six) {
    long since = System.nanoTime();
    Keepalived theirs = scene.closeLater(Keepalived.start(scene.theirs, file(six)));
    theirs.awaitState(VRID, State.MASTER, Scene.LIMIT);
    long end = System.nanoTime() + SPACING.multipliedBy(2L * REPEAT * vips(six).size()).toNanos();
    scene.capture.awaitFrame("a late advert", f -> f.isAdvert(VRID), end, Scene.LIMIT);

    List<Frame> announcements =
        scene.capture.frames(f -> isAnnouncement(f, scene.theirs, six) && f.nanos() - since >= 0);

    for (String vip : vips(six)) {
      assertThat(announcements).anyMatch(frame -> frame.isAnnouncement(vip));
    }
    assertThat(announcements)
        .as("if this fails, a newer Keepalived has caught up")
        .hasSizeLessThan(REPEAT * vips(six).size());
    assertThat(gaps(announcements))
        .allMatch(gap -> gap.compareTo(SPACING.minus(TOLERANCE)) >= 0, "is at least 0.1 s");
  }

  /** Each address as often as the file says. */
  private static List<Frame> awaitAll(LabHost host, boolean six, long since) {
    List<Frame> all = new ArrayList<>();
    long from = since;
    for (int i = 0; i < REPEAT * vips(six).size(); i++) {
      Frame next =
          scene.capture.awaitFrame(
              "announcement " + (i + 1) + " by " + host.name(),
              frame -> vips(six).stream().anyMatch(vip -> frame.isAnnouncement(vip, host.mac())),
              from,
              Scene.LIMIT);
      all.add(next);
      from = next.nanos() + 1;
    }
    for (String vip : vips(six)) {
      assertThat(all).filteredOn(frame -> frame.isAnnouncement(vip)).hasSize(REPEAT);
    }
    return all;
  }

  private static boolean isAnnouncement(Frame frame, LabHost host, boolean six) {
    return vips(six).stream().anyMatch(vip -> frame.isAnnouncement(vip, host.mac()));
  }

  private static List<Frame> adverts(long since) {
    return scene.capture.frames(frame -> frame.isAdvert(VRID) && frame.nanos() - since >= 0);
  }

  private static List<Duration> gaps(List<Frame> frames) {
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < frames.size(); i++) {
      gaps.add(frames.get(i).since(frames.get(i - 1)));
    }
    return gaps;
  }
}

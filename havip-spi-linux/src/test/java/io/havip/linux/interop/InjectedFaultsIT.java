package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.linux.internal.LinuxPlatform;
import io.havip.linux.internal.NetworkNamespace;
import io.havip.spi.FenceOptions;
import io.havip.spi.PlatformOptions;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Wrong adverts of a third host, heard by our member and by Keepalived on the same wire. All rows
 * run at once, each in two groups of its own: one in which our member is alone with the injector,
 * and one in which Keepalived is.
 */
class InjectedFaultsIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Three times as often as the groups expect: a few may come late. */
  private static final Duration PERIOD = Duration.ofMillis(100);

  private static final Duration JUNK_WINDOW = Duration.ofSeconds(8);

  private static final Map<Fault, Spec> OUR_GROUPS = new EnumMap<>(Fault.class);
  private static final Map<Fault, Spec> THEIR_GROUPS = new EnumMap<>(Fault.class);
  private static final Spec OUR_JUNK = slow(81);
  private static final Spec THEIR_JUNK = slow(181);

  private static final List<HavipEvent> EVENTS = new CopyOnWriteArrayList<>();

  private static Lab lab;
  private static LabHost ours;
  private static LabHost theirs;
  private static Capture capture;
  private static Injector injector;
  private static LinuxPlatform platform;
  private static HavipNode node;
  private static Keepalived keepalived;
  private static long junkFrom;

  private static Spec slow(int vrid) {
    return Spec.multicast(vrid, "172.17.17." + vrid, 250).withInterval(Duration.ofSeconds(1));
  }

  @BeforeAll
  static void run() {
    RealNetwork.assume("keepalived", "tcpdump");
    lab = Lab.open("172.17.16.0/20");
    ours = lab.addHost("ours", "172.17.16.7");
    theirs = lab.addHost("theirs", "172.17.16.13");
    capture = lab.capture();
    injector = new Injector(lab.addHost("injector", "172.17.16.99"));
    Map<Fault, List<Injector.Stream>> streams = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      int vrid = 10 + streams.size();
      OUR_GROUPS.put(fault, group(fault, vrid));
      THEIR_GROUPS.put(fault, group(fault, 100 + vrid));
      streams.put(
          fault,
          List.of(
              injector.start(fault, OUR_GROUPS.get(fault), ours, PERIOD),
              injector.start(fault, THEIR_GROUPS.get(fault), theirs, PERIOD)));
    }
    startOurs();
    startKeepalived();
    awaitEveryRefusal();
    streams.get(Fault.INTERVAL_4095_ONCE).forEach(Injector.Stream::end);
    injectJunk();
  }

  private static Spec group(Fault fault, int vrid) {
    return Spec.multicast(vrid, "172.17.17." + vrid, 100)
        .withInterval(Duration.ofMillis(10L * Fault.INTERVAL))
        .withVersion(fault.version());
  }

  private static void startOurs() {
    platform =
        LinuxPlatform.open(
            new PlatformOptions("ours", FenceOptions.NONE),
            NetworkNamespace.threads(ours.namespace()));
    node =
        HavipNode.builder(
                HavipConfig.of(
                    Stream.concat(OUR_GROUPS.values().stream(), Stream.of(OUR_JUNK))
                        .map(Spec::ours)
                        .toArray(io.havip.VirtualRouterConfig[]::new)))
            .platform(platform)
            .listener(EVENTS::add)
            .start();
  }

  private static void startKeepalived() {
    List<KeepalivedConfig.Instance> instances = new ArrayList<>();
    Stream.concat(THEIR_GROUPS.values().stream(), Stream.of(THEIR_JUNK))
        .forEach(spec -> instances.addAll(spec.keepalived().instances()));
    keepalived =
        Keepalived.start(
            theirs, KeepalivedConfig.of(instances.toArray(KeepalivedConfig.Instance[]::new)));
  }

  /** The slowest is a group of version 2, 3.6 s after its start. */
  private static void awaitEveryRefusal() {
    Await.until(
        "both programs to take over where they refuse",
        LIMIT,
        () ->
            Stream.of(Fault.values()).allMatch(InjectedFaultsIT::hasEnded)
                && wasActive(OUR_JUNK)
                && wasMaster(THEIR_JUNK));
  }

  private static boolean hasEnded(Fault fault) {
    return (fault.reason().isEmpty() || wasActive(OUR_GROUPS.get(fault)))
        && (fault.keepalivedAccepts() || wasMaster(THEIR_GROUPS.get(fault)));
  }

  private static boolean wasActive(Spec spec) {
    return EVENTS.stream()
        .anyMatch(event ->
            event instanceof HavipEvent.StateChanged change
                && change.to() == RouterState.ACTIVE
                && change.subject().equals("VI_" + spec.vrid()));
  }

  private static boolean wasMaster(Spec spec) {
    return keepalived.process().lines().stream()
        .anyMatch(line -> line.text().contains("(VI_" + spec.vrid() + ") Entering MASTER STATE"));
  }

  private static void injectJunk() {
    Duration period = Duration.ofMillis(400);
    Injector.Stream one = injector.start(Fault.BAD_CHECKSUM, OUR_JUNK, ours, period);
    Injector.Stream two = injector.start(Fault.BAD_CHECKSUM, THEIR_JUNK, theirs, period);
    junkFrom = System.nanoTime();
    Await.until(
        "the junk to last 8 s", LIMIT, () -> System.nanoTime() - junkFrom >= JUNK_WINDOW.toNanos());
    one.end();
    two.end();
    capture.drain();
  }

  @AfterAll
  static void close() {
    if (node != null) {
      node.close();
    }
    if (platform != null) {
      platform.close();
    }
    if (injector != null) {
      injector.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void ourMemberFollowsTheRfc(Fault fault) {
    Spec group = OUR_GROUPS.get(fault);
    RouterSnapshot router = node.snapshot().router("VI_" + group.vrid());
    assertThat(wasActive(group)).as("took over").isEqualTo(fault.reason().isPresent());
    if (fault.reason().isPresent()) {
      assertThat(router.refusals())
          .as("refusals")
          .singleElement()
          .satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo(fault.reason().get());
            assertThat(refused.peer()).hasToString("172.17.16.99");
            assertThat(refused.count()).isGreaterThan(10);
          });
      assertThat(router.counters().advertsAccepted()).isZero();
    } else {
      assertThat(router.counters().advertsAccepted()).isGreaterThan(10);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void keepalivedDoesAsTheTableSays(Fault fault) {
    assertThat(wasMaster(THEIR_GROUPS.get(fault)))
        .as("took over")
        .isEqualTo(!fault.keepalivedAccepts());
  }

  @Test
  void aStreamOfJunkDoesNotSilenceOurMember() {
    assertThat(advertsOf(OUR_JUNK, ours)).isBetween(7L, 9L);
    assertThat(node.snapshot().router("VI_" + OUR_JUNK.vrid()).refusals()).isNotEmpty();
  }

  /** What our member does better: if this fails, a newer Keepalived has caught up. */
  @Test
  void theSameStreamSilencesKeepalived() {
    assertThat(advertsOf(THEIR_JUNK, theirs)).isLessThanOrEqualTo(1);
  }

  private static long advertsOf(Spec spec, LabHost host) {
    long end = junkFrom + JUNK_WINDOW.toNanos();
    return capture
        .frames(frame ->
            frame.isAdvert(spec.vrid(), host.address())
                && frame.nanos() - junkFrom >= 0
                && frame.nanos() - end < 0)
        .size();
  }
}

package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.linux.internal.LinuxPlatform;
import io.havip.linux.internal.NetworkNamespace;
import io.havip.linux.interop.Fault.Listener;
import io.havip.spi.FenceOptions;
import io.havip.spi.PlatformOptions;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frr;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong adverts of a third host, heard by our member, by Keepalived and by FRR on the same wire.
 * All rows run at once, each in a group of its own, in which one program is alone with the
 * injector.
 */
class InjectedFaultsIT {

  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** Three times as often as the groups expect: a few may come late. */
  private static final Duration PERIOD = Duration.ofMillis(100);

  private static final Duration JUNK_WINDOW = Duration.ofSeconds(8);

  /** A fault, who hears it, and over which protocol. */
  record Row(Fault fault, Listener listener, boolean six) {

    boolean accepted() {
      return fault.acceptedBy(listener, six);
    }

    @Override
    public String toString() {
      return fault.words() + (six ? " over IPv6" : " over IPv4");
    }
  }

  private static final Map<Row, Spec> GROUPS = new LinkedHashMap<>();
  private static final Spec OUR_JUNK = slow(240);
  private static final Spec THEIR_JUNK = slow(241);

  private static final List<HavipEvent> EVENTS = new CopyOnWriteArrayList<>();

  private static Lab lab;
  private static LabHost ours;
  private static LabHost theirs;
  private static LabHost routers;
  private static Capture capture;
  private static Injector injector;
  private static LinuxPlatform platform;
  private static HavipNode node;
  private static Keepalived keepalived;
  private static Frr frr;
  private static long junkFrom;

  private static Spec slow(int vrid) {
    return Spec.multicast(vrid, "172.17.17." + vrid, 250).withInterval(Duration.ofSeconds(1));
  }

  private static Stream<Row> all() {
    return Stream.of(Fault.values())
        .flatMap(fault ->
            Stream.of(Listener.values())
                .flatMap(listener ->
                    Stream.of(false, true)
                        .filter(six -> fault.concerns(listener, six))
                        .map(six -> new Row(fault, listener, six))));
  }

  private static Stream<Row> rows(Listener listener) {
    return all().filter(row -> row.listener() == listener);
  }

  static Stream<Row> ourRows() {
    return rows(Listener.OURS);
  }

  static Stream<Row> keepalivedsRows() {
    return rows(Listener.KEEPALIVED);
  }

  static Stream<Row> frrsRows() {
    return rows(Listener.FRR);
  }

  @BeforeAll
  static void run() {
    RealNetwork.assume("keepalived", "vrrpd", "zebra", "tcpdump");
    lab = Lab.open("172.17.16.0/20");
    ours = lab.addHost("ours", "172.17.16.7", "fd00:9::7/64");
    theirs = lab.addHost("theirs", "172.17.16.13", "fd00:9::13/64");
    routers = lab.addHost("routers", "172.17.16.21", "fd00:9::21/64");
    capture = lab.capture();
    injector = new Injector(lab.addHost("injector", "172.17.16.99", "fd00:9::99/64"));
    List<Injector.Stream> once = new ArrayList<>();
    all()
        .forEach(row -> {
          Spec group = group(row, 1 + GROUPS.size());
          GROUPS.put(row, group);
          Injector.Stream stream = injector.start(row.fault(), group, host(row), PERIOD);
          if (row.fault() == Fault.INTERVAL_4095_ONCE) {
            once.add(stream);
          }
        });
    startOurs();
    startKeepalived();
    frr = Frr.start(routers, specs(Listener.FRR).map(Spec::frr).toArray(Frr.Group[]::new));
    awaitEveryRefusal();
    once.forEach(Injector.Stream::end);
    injectJunk();
  }

  private static LabHost host(Row row) {
    return switch (row.listener()) {
      case OURS -> ours;
      case KEEPALIVED -> theirs;
      case FRR -> routers;
    };
  }

  private static Spec group(Row row, int vrid) {
    String vip = row.six() ? "fd00:9::17:" + vrid : "172.17.17." + vrid;
    return Spec.multicast(vrid, vip, 100)
        .withInterval(Duration.ofMillis(10L * Fault.INTERVAL))
        .withVersion(row.fault().version())
        .withVmac(row.listener() == Listener.FRR);
  }

  private static Stream<Spec> specs(Listener listener) {
    return rows(listener).map(GROUPS::get);
  }

  private static void startOurs() {
    platform =
        LinuxPlatform.open(
            new PlatformOptions("ours", FenceOptions.NONE),
            NetworkNamespace.threads(ours.namespace()));
    node =
        HavipNode.builder(
                HavipConfig.of(
                    Stream.concat(specs(Listener.OURS), Stream.of(OUR_JUNK))
                        .map(Spec::ours)
                        .toArray(VirtualRouterConfig[]::new)))
            .platform(platform)
            .listener(EVENTS::add)
            .start();
  }

  private static void startKeepalived() {
    List<KeepalivedConfig.Instance> instances = new ArrayList<>();
    Stream.concat(specs(Listener.KEEPALIVED), Stream.of(THEIR_JUNK))
        .forEach(spec -> instances.addAll(spec.keepalived().instances()));
    keepalived =
        Keepalived.start(
            theirs, KeepalivedConfig.of(instances.toArray(KeepalivedConfig.Instance[]::new)));
  }

  /** The slowest is a group of version 2, 3.6 s after its start. */
  private static void awaitEveryRefusal() {
    Await.until(
        "all programs to take over where they refuse",
        LIMIT,
        () ->
            all().allMatch(row -> row.accepted() || tookOver(row))
                && wasActive(OUR_JUNK)
                && wasMaster(THEIR_JUNK));
  }

  private static boolean tookOver(Row row) {
    Spec spec = GROUPS.get(row);
    return switch (row.listener()) {
      case OURS -> wasActive(spec);
      case KEEPALIVED -> wasMaster(spec);
      case FRR -> frr.wasIn(spec.vrid(), Frr.State.MASTER);
    };
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
    if (frr != null) {
      frr.close();
    }
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
  @MethodSource("ourRows")
  void ourMemberFollowsTheRfc(Row row) {
    Spec group = GROUPS.get(row);
    RouterSnapshot router = node.snapshot().router("VI_" + group.vrid());
    assertThat(tookOver(row)).as("took over").isNotEqualTo(row.accepted());
    if (row.accepted()) {
      assertThat(router.counters().advertsAccepted()).isGreaterThan(10);
      assertThat(router.refusals()).isEmpty();
      return;
    }
    assertThat(router.refusals())
        .as("refusals")
        .singleElement()
        .satisfies(refused -> {
          assertThat(refused.reason()).isEqualTo(row.fault().reason(row.six()).orElseThrow());
          assertThat(refused.peer()).isEqualTo(injector.address(group.family()));
          assertThat(refused.count()).isGreaterThan(10);
        });
    assertThat(router.counters().advertsAccepted()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keepalivedsRows")
  void keepalivedDoesAsTheTableSays(Row row) {
    assertThat(tookOver(row)).as("took over").isNotEqualTo(row.accepted());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frrsRows")
  void frrDoesAsTheTableSays(Row row) {
    assertThat(tookOver(row)).as("took over").isNotEqualTo(row.accepted());
  }

  /** What our member does better, too. */
  @Test
  void anIntervalOfZeroMakesTheOthersFlap() {
    assertThat(timesMaster(Listener.KEEPALIVED, "Entering MASTER STATE")).isGreaterThan(5);
    assertThat(timesMaster(Listener.FRR, "-> Master")).isGreaterThan(5);
  }

  private static long timesMaster(Listener listener, String words) {
    int vrid = GROUPS.get(new Row(Fault.INTERVAL_ZERO, listener, false)).vrid();
    return (listener == Listener.FRR ? frr.process() : keepalived.process())
        .lines().stream()
            .filter(line -> line.text().matches(".*(VI_|VRID )" + vrid + "\\D.*"))
            .filter(line -> line.text().contains(words))
            .count();
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

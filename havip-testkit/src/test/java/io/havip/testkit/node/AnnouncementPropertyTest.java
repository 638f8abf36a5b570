package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Announcements;
import io.havip.HavipConfig;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.TraceKind;
import io.havip.testkit.sim.TraceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** When gratuitous ARPs leave, as seen on the wire. */
class AnnouncementPropertyTest {

  private static final Duration NONE = Duration.ZERO;
  private static final Duration SPACING = Duration.ofMillis(10);

  private final Pair pair = new Pair(11);

  @Test
  void fiveAtOnce_andFiveAfterFiveSeconds() {
    pair.a.start(Pair.router(100).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.run(Duration.ofSeconds(20));
    assertThat(millisSinceFirst(announcements(pair, pair.a)))
        .containsExactly(0L, 0L, 0L, 0L, 0L, 5000L, 5000L, 5000L, 5000L, 5000L);
  }

  @Test
  void theMinimalScheduleIsOne() {
    pair.a.start(Pair.router(100).announcements(Announcements.MINIMAL).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.run(Duration.ofSeconds(20));
    assertThat(announcements(pair, pair.a)).hasSize(1);
  }

  /** Keepalived 2.4 starts another series with each election. */
  @Test
  void refreshIsOneSeries_afterAnyNumberOfElections() {
    Announcements refreshing = new Announcements(1, NONE, Duration.ofSeconds(5), 1, 0, NONE);
    pair.b.start(Pair.router(100).announcements(refreshing).build());
    pair.a.start(Pair.router(150).build());
    for (int i = 0; i < 6; i++) {
      pair.awaitState(pair.a, ACTIVE);
      pair.a.stop();
      pair.awaitState(pair.b, ACTIVE);
      pair.sim.run(Duration.ofSeconds(2));
      if (i < 5) {
        pair.a.restart();
        pair.awaitState(pair.b, BACKUP);
      }
    }
    long from = pair.sim.nanos();
    pair.sim.run(Duration.ofSeconds(50));
    assertThat(announcements(pair, pair.b)).filteredOn(r -> r.nanos() > from).hasSize(10);
  }

  @Test
  void aHolderThatWasCutOffAnnouncesAgainWhenItIsHeard() {
    pair.a.start(Pair.router(150).build());
    pair.b.start(Pair.router(100).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.run(Duration.ofSeconds(10));
    pair.sim.inject(new Fault.Cut("a", "b", true));
    pair.awaitState(pair.b, ACTIVE);
    pair.sim.run(Duration.ofSeconds(10));
    long from = pair.sim.nanos();
    pair.sim.inject(new Fault.MendAll());
    pair.awaitState(pair.b, BACKUP);
    pair.sim.run(Duration.ofMillis(100));
    assertThat(announcements(pair, pair.a)).filteredOn(r -> r.nanos() > from).hasSize(5);
  }

  @Test
  void aHolderWhoseInterfaceComesBackAnnouncesAgain() {
    pair.a.start(Pair.router(150).trackOwnInterface(false).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.run(Duration.ofSeconds(10));
    pair.sim.inject(new Fault.LinkDown("a", "eth0"));
    pair.sim.run(Duration.ofMillis(500));
    long from = pair.sim.nanos();
    pair.sim.inject(new Fault.LinkUp("a", "eth0"));
    pair.sim.run(Duration.ofMillis(100));
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
    assertThat(announcements(pair, pair.a)).filteredOn(r -> r.nanos() >= from).hasSize(5);
  }

  @Test
  void spacedFramesOfAllRoutersOfAnInterface_letAdvertsPass() {
    Announcements spaced = Announcements.DEFAULT.withSpacing(SPACING, NONE);
    List<VirtualRouterConfig> routers = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      routers.add(many(i, 4).announcements(spaced).build());
    }
    pair.a.start(new HavipConfig("n", routers, NONE));
    pair.sim.run(Duration.ofMillis(3700));
    long taken = announcements(pair, pair.a).getFirst().nanos();
    pair.sim.run(Duration.ofSeconds(20));

    List<TraceRecord> sent = announcements(pair, pair.a);
    assertThat(sent).hasSizeGreaterThan(1000);
    for (int i = 1; i < sent.size(); i++) {
      assertThat(sent.get(i).nanos() - sent.get(i - 1).nanos())
          .isGreaterThanOrEqualTo(SPACING.toNanos());
    }
    // 200 addresses at 10 ms: each has been announced once after two seconds.
    Set<String> early = new HashSet<>();
    sent.stream()
        .filter(r -> r.nanos() < taken + 2_000_000_000L)
        .forEach(r -> early.add(r.detail()));
    assertThat(early).hasSize(200);
    assertThat(pair.a.node().orElseThrow().snapshot().routers())
        .allSatisfy(r -> assertThat(r.counters().advertsSent()).isEqualTo(21));
  }

  @Test
  void nothingIsAnnouncedAfterTheAddressIsGone() {
    Announcements spaced = Announcements.DEFAULT.withSpacing(SPACING, NONE);
    pair.a.start(many(1, 100).announcements(spaced).build());
    pair.sim.run(Duration.ofSeconds(4));
    assertThat(announcements(pair, pair.a)).isNotEmpty();
    pair.a.node().orElseThrow().close();
    long gone = pair.sim.nanos();
    pair.sim.run(Duration.ofSeconds(10));
    assertThat(announcements(pair, pair.a)).noneMatch(r -> r.nanos() > gone);
  }

  /** However many addresses and rounds, each address is announced as often as it should be. */
  @Property(tries = 40)
  void everyAddressGetsItsShare(
      @ForAll @IntRange(min = 1, max = 60) int addresses,
      @ForAll @IntRange(min = 1, max = 6) int repeat,
      @ForAll @IntRange(min = 1, max = 30) int spacingMillis) {
    Pair fresh = new Pair(1);
    Announcements schedule =
        new Announcements(repeat, NONE, NONE, 1, 0, NONE)
            .withSpacing(Duration.ofMillis(spacingMillis), NONE);
    fresh.a.start(many(1, addresses).announcements(schedule).build());
    fresh.sim.run(Duration.ofSeconds(30));
    List<String> sent = announcements(fresh, fresh.a).stream().map(TraceRecord::detail).toList();
    assertThat(sent).hasSize(addresses * repeat);
    assertThat(new HashSet<>(sent)).hasSize(addresses);
    assertThat(new HashSet<>(sent.subList(0, addresses))).hasSize(addresses);
  }

  private static VirtualRouterConfigBuilder many(int vrid, int addresses) {
    VirtualRouterConfigBuilder router =
        VirtualRouterConfig.builder("vr" + vrid).interfaceName("eth0").vrid(vrid);
    for (int i = 1; i <= addresses; i++) {
      int number = vrid * 110 + i;
      String address = "172.17." + (20 + number / 250) + "." + (1 + number % 250);
      router.address(VirtualAddress.of(IpAddress.parse(address)));
    }
    return router;
  }

  private static List<TraceRecord> announcements(Pair pair, SimHost host) {
    return pair.sim.trace().records(TraceKind.SEND).stream()
        .filter(r -> r.host().equals(host.name()) && r.detail().startsWith("gratuitous arp"))
        .toList();
  }

  private static List<Long> millisSinceFirst(List<TraceRecord> records) {
    long first = records.getFirst().nanos();
    return records.stream().map(r -> (r.nanos() - first) / 1_000_000).toList();
  }
}

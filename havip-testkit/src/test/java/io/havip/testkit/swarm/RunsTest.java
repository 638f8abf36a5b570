package io.havip.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.havip.Announcements;
import io.havip.HavipConfig;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.check.Catalogue;
import io.havip.core.check.LossTolerance;
import io.havip.core.check.NonInterference;
import io.havip.core.check.Sighting;
import io.havip.core.check.Trial;
import io.havip.core.check.Verdict;
import io.havip.spi.Platform;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The properties that need a scene of their own, or more than one run. */
class RunsTest {

  private static final UnaryOperator<VirtualRouterConfigBuilder> AS_IS = UnaryOperator.identity();

  @Test
  void l12_settingsChangedInPlaceMoveNothing() {
    Lan lan = new Lan(1, AS_IS);
    Trial trial = lan.judge(Catalogue.all());
    lan.start();
    lan.sim.run(Duration.ofSeconds(10));
    reconfigure(lan, "c", r -> r.announcements(Announcements.DEFAULT.withRefresh(SECOND)));
    reconfigure(lan, "a", r -> r.priority(120));
    reconfigure(lan, "c", r -> r.priority(160));
    trial.advance(lan.sim.nanos());

    assertThat(trial.findings()).isEmpty();
    assertThat(trial.verdicts()).containsEntry("L12", Verdict.PASS);
  }

  @Test
  void l12_aLongerIntervalMovesNothing() {
    Lan lan = new Lan(1, router -> router.advertInterval(Duration.ofSeconds(3)));
    Trial trial = lan.judge(List.of(Catalogue.named("L12"), Catalogue.named("S2")));
    lan.start(router -> router.advertInterval(SECOND));
    lan.sim.run(Duration.ofSeconds(30));
    for (String name : List.of("c", "a", "b")) {
      reconfigure(lan, name, AS_IS);
    }
    trial.advance(lan.sim.nanos());

    assertThat(trial.findings()).isEmpty();
    assertThat(trial.verdicts()).containsEntry("L12", Verdict.PASS);
  }

  @Test
  void l12_failsForAMemberThatFallsSilentWithItsNewConfiguration() {
    Lan lan = new Lan(1, AS_IS);
    Trial trial = lan.judge(Catalogue.all());
    AtomicBoolean silent = new AtomicBoolean();
    lan.start();
    lan.sim.inject(new Fault.Kill("c"));
    HavipConfig own = HavipConfig.of(lan.member("c").router());
    lan.host("c")
        .startEach(platform ->
            new SimHost.NodeSetup(own, BrokenPlatforms.silent(platform, silent::get), List.of()));
    lan.sim.run(Duration.ofSeconds(20));
    silent.set(true);
    reconfigure(lan, "c", r -> r.announcements(Announcements.DEFAULT.withRefresh(SECOND)));
    trial.advance(lan.sim.nanos());

    assertThat(trial.verdicts()).containsEntry("L12", Verdict.FAIL);
  }

  private static final Duration SECOND = Duration.ofSeconds(1);

  private static void reconfigure(
      Lan lan, String name, UnaryOperator<VirtualRouterConfigBuilder> change) {
    VirtualRouterConfig next = change.apply(lan.member(name).router().toBuilder()).build();
    lan.host(name).node().orElseThrow().apply(HavipConfig.of(next));
    lan.sim.run(Duration.ofSeconds(30));
  }

  @Test
  void s19_anUnrelatedGroupOnTheSegmentOrInTheSameProcessChangesNothing() {
    List<Sighting> alone = sightings(0);

    for (int others = 1; others <= 2; others++) {
      assertThat(new NonInterference().compare(alone, sightings(others)))
          .isEqualTo(new NonInterference.Comparison(Verdict.PASS, ""));
    }
  }

  @Test
  void s19_failsWhereTheWordsOfAnotherGroupSwallowThoseOfThisOne() {
    NonInterference.Comparison compared =
        new NonInterference()
            .compare(sightings(2), sightings(2, sound -> BrokenPlatforms.choked(sound, 7)));

    assertThat(compared.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(compared.difference()).contains("Advert");
  }

  private static List<Sighting> sightings(int others) {
    return sightings(others, UnaryOperator.identity());
  }

  /**
   * Of a run with a crash, a return and a cut: alone, with others on the segment, with others in
   * the nodes.
   */
  private static List<Sighting> sightings(int others, UnaryOperator<Platform> between) {
    Lan lan = new Lan(3, AS_IS);
    List<Sighting> seen = new ArrayList<>();
    lan.watch(seen::add);
    for (String name : List.of("a", "b", "c")) {
      VirtualRouterConfig router = lan.member(name).router();
      HavipConfig own = HavipConfig.of(router);
      if (others == 1) {
        String twin = "x" + name;
        lan.segment.host(twin, "10.0.0." + (100 + name.charAt(0))).start(unrelated(router));
      }
      HavipConfig node = others == 2 ? HavipConfig.of(router, unrelated(router)) : own;
      lan.host(name).startEach(p -> new SimHost.NodeSetup(node, between.apply(p), List.of()));
    }
    lan.sim.run(Duration.ofSeconds(60));
    lan.sim.inject(new Fault.Crash("c"));
    lan.sim.run(Duration.ofSeconds(30));
    lan.sim.inject(new Fault.Restart("c"));
    lan.sim.run(Duration.ofSeconds(30));
    lan.sim.during(Duration.ofSeconds(10), new Fault.Cut("b", "c", true));
    lan.sim.run(Duration.ofSeconds(30));
    return seen;
  }

  private static VirtualRouterConfig unrelated(VirtualRouterConfig router) {
    return VirtualRouterConfig.builder("other")
        .interfaceName("eth0")
        .vrid(99)
        .priority(router.priority())
        .advertInterval(Duration.ofMillis(700))
        .address("10.0.0.60/24")
        .build();
  }

  @Test
  void l7_takeoversUnderLossAreAsRareAsLostRows() {
    LossTolerance tally = lossy(AS_IS);

    assertThat(tally.verdict()).isEqualTo(Verdict.PASS);
    assertThat((double) tally.takeovers())
        .isCloseTo(tally.expected(), within(6 * Math.sqrt(tally.expected())));
  }

  @Test
  void l7_failsForAMemberThatIsLessPatient() {
    assertThat(lossy(router -> router.downMultiplier(2)).verdict()).isEqualTo(Verdict.FAIL);
  }

  private static LossTolerance lossy(UnaryOperator<VirtualRouterConfigBuilder> defect) {
    LossTolerance tally = new LossTolerance(0.1);
    Lan lan = new Lan(5, AS_IS);
    lan.watch(tally.counter(lan.scene)::see);
    lan.segment.quality(Quality.LAN.withLoss(0.1));
    lan.start(defect);
    lan.sim.run(Duration.ofMinutes(1000));
    return tally;
  }
}

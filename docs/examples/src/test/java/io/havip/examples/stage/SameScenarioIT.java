package io.havip.examples.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Preemption;
import io.havip.core.check.Catalogue;
import io.havip.core.check.Finding;
import io.havip.core.check.Trial;
import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.testkit.lab.RealNetwork;
import io.havip.testkit.scenario.Member;
import io.havip.testkit.scenario.Outcome;
import io.havip.testkit.scenario.RouterSettings;
import io.havip.testkit.scenario.Scenario;
import io.havip.testkit.scenario.ScenarioRunner;
import io.havip.testkit.scenario.Step;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Quality;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulator tells the truth: the same scenario with real nodes, a real Keepalived and real
 * faults in network namespaces shows the same holders of the address at the same times, within ε,
 * and breaks none of the properties.
 *
 * <p>Adverts every 100 ms. ε tells a crash (400 ms of patience) from a resignation (40 to 60 ms of
 * skew), and bears the lateness of a loaded machine.
 */
class SameScenarioIT {

  private static final Duration EPSILON = Duration.ofMillis(170);
  private static final IpAddress VIP = IpAddress.parse("172.17.16.3");
  private static final Map<String, String> HOSTS = new LinkedHashMap<>();

  static {
    HOSTS.put("a", "172.17.16.7");
    HOSTS.put("b", "172.17.16.13");
    HOSTS.put("k", "172.17.16.20");
  }

  private static LabStage stage;

  @BeforeAll
  static void open() {
    RealNetwork.assume("keepalived", "tcpdump", "nft");
    stage = new LabStage(HOSTS);
  }

  @AfterAll
  static void close() {
    if (stage != null) {
      stage.close();
    }
  }

  private static Member member(String name, int priority, Preemption preemption) {
    RouterSettings router =
        RouterSettings.of(51, VIP + "/24")
            .withPriority(priority)
            .withInterval(Duration.ofMillis(100))
            .withPreemption(preemption);
    return new Member(name, IpAddress.parse(HOSTS.get(name)), router, new Fence.None());
  }

  private static Step after(int millis, Fault fault) {
    return Step.of(Duration.ofMillis(2000 + millis), fault);
  }

  private static Scenario scenario(
      String title, int millis, String first, String second, Preemption preemption, Step... steps) {
    return new Scenario(
        title,
        1,
        Duration.ofMillis(2000 + millis),
        Cidr.parse("172.17.16.0/24"),
        Quality.LAN,
        List.of(member(first, 150, preemption), member(second, 100, preemption)),
        List.of(),
        Arrays.asList(steps));
  }

  static Stream<Named<Scenario>> named() {
    return scenarios().map(s -> Named.of(s.title(), s));
  }

  private static Stream<Scenario> scenarios() {
    Preemption yes = Preemption.AT_ONCE;
    Preemption no = Preemption.NEVER;
    return Stream.of(
        scenario("the holder leaves", 700, "a", "b", yes, after(0, new Fault.Stop("a"))),
        scenario("the backup leaves", 700, "a", "b", yes, after(0, new Fault.Stop("b"))),
        scenario(
            "the holder leaves, returns and takes the address back",
            2000,
            "a",
            "b",
            yes,
            after(0, new Fault.Stop("a")),
            after(600, new Fault.Restart("a"))),
        scenario(
            "the holder leaves, returns and lets the other serve",
            2000,
            "a",
            "b",
            no,
            after(0, new Fault.Stop("a")),
            after(600, new Fault.Restart("a"))),
        scenario(
            "the holder stands still and wakes",
            2600,
            "a",
            "b",
            yes,
            after(0, new Fault.Pause("a")),
            after(1200, new Fault.Resume("a"))),
        scenario(
            "the holder stands still too shortly to be missed",
            1000,
            "a",
            "b",
            yes,
            after(0, new Fault.Pause("a")),
            after(120, new Fault.Resume("a"))),
        scenario(
            "the holder's interface is set down and up",
            2600,
            "a",
            "b",
            yes,
            after(0, new Fault.LinkDown("a", "eth0")),
            after(1000, new Fault.LinkUp("a", "eth0"))),
        scenario(
            "the backup does not hear the holder for a while",
            2200,
            "a",
            "b",
            yes,
            after(0, new Fault.Cut("a", "b", false)),
            after(1200, new Fault.Mend("a", "b", false))),
        scenario(
            "the holder does not hear the backup for a while",
            1500,
            "a",
            "b",
            yes,
            after(0, new Fault.Cut("b", "a", false)),
            after(800, new Fault.Mend("b", "a", false))),
        scenario(
            "neither hears the other for a while",
            2200,
            "a",
            "b",
            yes,
            after(0, new Fault.Cut("a", "b", true)),
            after(1200, new Fault.Mend("a", "b", true))),
        scenario(
            "somebody takes the address off",
            800,
            "a",
            "b",
            yes,
            after(0, new Fault.RemoveAddress("a", "eth0", VIP))),
        scenario("Keepalived leaves to us", 900, "k", "b", yes, after(0, new Fault.Stop("k"))),
        scenario(
            "Keepalived is killed, and we take over",
            1200,
            "k",
            "b",
            yes,
            after(0, new Fault.Kill("k"))),
        scenario("we leave to Keepalived", 900, "a", "k", yes, after(0, new Fault.Stop("a"))),
        scenario(
            "we do not hear Keepalived for a while",
            2200,
            "k",
            "b",
            yes,
            after(0, new Fault.Cut("k", "b", false)),
            after(1200, new Fault.Mend("k", "b", false))),
        scenario(
            "the holder is killed and returns",
            2600,
            "a",
            "b",
            yes,
            after(0, new Fault.Kill("a")),
            after(1200, new Fault.Restart("a"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("named")
  void theHoldersAreTheSameAtTheSameTimes(Scenario scenario) {
    Outcome simulated = ScenarioRunner.nodes().run(scenario);
    HolderTimeline expected = HolderTimeline.of(simulated.sightings(), VIP);
    List<Long> nominal = scenario.steps().stream().map(s -> s.at().toNanos()).toList();

    LabStage.Run real =
        stage.run(scenario, simulated.scene(), new TreeSet<>(expected.at(nominal.getFirst() - 1)));

    HolderTimeline seen = HolderTimeline.of(real.sightings(), VIP).mapped(real.steps(), nominal);
    assertThat(expected.differsFrom(seen, nominal.getFirst(), scenario.length().toNanos(), EPSILON))
        .as("simulated: %s%nreal: %s", expected, seen)
        .isEmpty();
    Trial trial = new Trial(real.scene(), Catalogue.all());
    real.sightings().forEach(trial::see);
    trial.advance(real.end());
    assertThat(trial.findings())
        .as("%s", LabSightings.text(real.sightings()))
        .filteredOn(f -> !ofKeepalived(f))
        .isEmpty();
    assertThat(simulated.findings()).isEmpty();
  }

  /** Keepalived resigns before it takes the address off, which these properties do not forgive. */
  private static boolean ofKeepalived(Finding finding) {
    return finding.what().matches("(?s).*\\bk\\b.*");
  }
}

package io.havip.testkit.jqwik;

import io.havip.Preemption;
import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.testkit.scenario.Client;
import io.havip.testkit.scenario.Happening;
import io.havip.testkit.scenario.Member;
import io.havip.testkit.scenario.RouterSettings;
import io.havip.testkit.scenario.Scenario;
import io.havip.testkit.scenario.Step;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Forgery;
import io.havip.testkit.sim.Operation;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.StrangerFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Arbitraries of groups, of what can happen to them, and of whole scenarios. They shrink towards
 * small groups on a quiet network to which nothing happens.
 */
public final class FailoverArbitraries {

  /** The address that the groups share. */
  public static final IpAddress ADDRESS = IpAddress.parse("10.0.0.50");

  private static final String SHARED = ADDRESS + "/24";
  private static final int VRID = 7;

  private FailoverArbitraries() {}

  /**
   * Groups of members that agree in everything but their priorities, which differ.
   *
   * @param fewest members, at least 1
   * @param most members, at most 8
   * @return arbitrary groups
   */
  public static Arbitrary<List<Member>> clusters(int fewest, int most) {
    return Arbitraries.integers()
        .between(fewest, most)
        .flatMap(size ->
            Combinators.combine(priorities(size), intervals(), preemptions(), fences(), unicast())
                .as(FailoverArbitraries::cluster));
  }

  private static Arbitrary<List<Integer>> priorities(int size) {
    // Far apart, so that at no interval two of them wait for lengths that are nearly the same.
    return Arbitraries.integers()
        .between(1, 24)
        .map(tens -> tens * 10)
        .list()
        .ofSize(size)
        .uniqueElements();
  }

  private static Arbitrary<Boolean> unicast() {
    return Arbitraries.of(false, true);
  }

  private static List<Member> cluster(
      List<Integer> priorities,
      Duration interval,
      Preemption preemption,
      Fence fence,
      boolean unicast) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < priorities.size(); i++) {
      RouterSettings router =
          RouterSettings.of(VRID, SHARED)
              .withPriority(priorities.get(i))
              .withInterval(interval)
              .withPreemption(preemption)
              .withUnicast(unicast && priorities.size() > 1);
      IpAddress own = IpAddress.parse("10.0.0." + (i + 1));
      members.add(new Member(String.valueOf((char) ('a' + i)), own, router, fence));
    }
    return members;
  }

  /** {@return times between adverts: a second, or a fraction of it} */
  public static Arbitrary<Duration> intervals() {
    return Arbitraries.of(1000, 100, 200, 500).map(Duration::ofMillis);
  }

  /** {@return all kinds of preemption} */
  public static Arbitrary<Preemption> preemptions() {
    return Arbitraries.of(
        Preemption.AT_ONCE, Preemption.NEVER, new Preemption.After(Duration.ofSeconds(4)));
  }

  /** {@return all kinds of fences} */
  public static Arbitrary<Fence> fences() {
    return Arbitraries.of(
        new Fence.None(),
        new Fence.OnExit(Duration.ofMillis(10)),
        new Fence.OnExitAndStall(Duration.ofMillis(10), Duration.ofMillis(250)));
  }

  /** {@return networks from a quiet one to one that loses, doubles and reorders} */
  public static Arbitrary<Quality> qualities() {
    return Arbitraries.of(
        Quality.LAN,
        Quality.LAN.withDelay(Duration.ofMillis(1), Duration.ofMillis(4)),
        Quality.LAN.withLoss(0.2),
        new Quality(
            Duration.ofMillis(2), Duration.ofMillis(1), 0.05, 0.05, 0.1, Duration.ofMillis(9)));
  }

  /**
   * Everything that can happen to the members of a group.
   *
   * @param members their names, at least one
   * @return arbitrary happenings
   */
  public static Arbitrary<Happening> happenings(List<String> members) {
    return Arbitraries.frequencyOf(
        Tuple.of(8, faults(members).map(Happening.Strike::new)),
        Tuple.of(
            1,
            Combinators.combine(Arbitraries.of(members), Arbitraries.of(true, false))
                .as(Happening.Health::new)));
  }

  /**
   * All faults of the simulator but those of a cloud, and what ends them.
   *
   * @param members the names of the members, at least one
   * @return arbitrary faults
   */
  public static Arbitrary<Fault> faults(List<String> members) {
    Arbitrary<String> one = Arbitraries.of(members);
    List<Arbitrary<Fault>> kinds = new ArrayList<>();
    kinds.add(one.map(Fault.Crash::new));
    kinds.add(one.map(Fault.Kill::new));
    kinds.add(one.map(Fault.Stop::new));
    kinds.add(one.map(Fault.Restart::new));
    kinds.add(one.map(Fault.Pause::new));
    kinds.add(one.map(Fault.Resume::new));
    kinds.add(one.map(Fault.Freeze::new));
    kinds.add(one.map(Fault.Thaw::new));
    kinds.add(Combinators.combine(one, delays(), delays()).as(Fault.Slow::new));
    kinds.add(one.map(m -> new Fault.LinkDown(m, Scenario.INTERFACE)));
    kinds.add(one.map(m -> new Fault.LinkUp(m, Scenario.INTERFACE)));
    kinds.add(one.map(m -> new Fault.InterfaceGone(m, Scenario.INTERFACE)));
    kinds.add(one.map(m -> new Fault.InterfaceBack(m, Scenario.INTERFACE)));
    kinds.add(one.map(Fault.CableCut::new));
    kinds.add(one.map(Fault.CableMended::new));
    kinds.add(one.map(m -> new Fault.Partition(List.of(m))));
    kinds.add(one.map(m -> new Fault.Unite(List.of(m))));
    kinds.add(Arbitraries.just(new Fault.MendAll()));
    kinds.add(qualities().map(q -> new Fault.ImpairAll(Scenario.SEGMENT, q)));
    kinds.add(one.map(m -> new Fault.RemoveAddress(m, Scenario.INTERFACE, ADDRESS)));
    kinds.add(one.map(m -> new Fault.JumpWallClock(m, Duration.ofDays(1))));
    kinds.add(Combinators.combine(one, Arbitraries.of(Operation.class)).as(Fault.Refuse::new));
    kinds.add(Combinators.combine(one, Arbitraries.of(Operation.class)).as(Fault.Allow::new));
    kinds.add(
        Arbitraries.of(Forgery.class).map(f -> new StrangerFault.Forged(Scenario.SEGMENT, f)));
    kinds.add(
        Arbitraries.integers()
            .between(1, 254)
            .map(priority -> new StrangerFault.Rival(Scenario.SEGMENT, priority)));
    kinds.add(Arbitraries.just(new StrangerFault.RivalGone(Scenario.SEGMENT)));
    if (members.size() > 1) {
      kinds.addAll(onPaths(members));
    }
    return Arbitraries.oneOf(kinds);
  }

  private static List<Arbitrary<Fault>> onPaths(List<String> members) {
    Arbitrary<List<String>> ends = Arbitraries.of(members).list().ofSize(2).uniqueElements();
    Arbitrary<Boolean> bothWays = Arbitraries.of(true, false);
    return List.of(
        Combinators.combine(ends, bothWays)
            .as((e, both) -> new Fault.Cut(e.get(0), e.get(1), both)),
        Combinators.combine(ends, bothWays)
            .as((e, both) -> new Fault.Mend(e.get(0), e.get(1), both)),
        Combinators.combine(ends, qualities())
            .as((e, quality) -> new Fault.Impair(e.get(0), e.get(1), quality)));
  }

  private static Arbitrary<Duration> delays() {
    return Arbitraries.of(0, 10, 100, 1000).map(Duration::ofMillis);
  }

  /**
   * Schedules of what happens to a group.
   *
   * @param members the names of the members, at least one
   * @param last the latest step
   * @param most steps
   * @return arbitrary schedules
   */
  public static Arbitrary<List<Step>> schedules(List<String> members, Duration last, int most) {
    Arbitrary<Duration> times =
        Arbitraries.longs().between(0, last.toMillis()).map(Duration::ofMillis);
    return Combinators.combine(times, happenings(members)).as(Step::new).list().ofMaxSize(most);
  }

  /**
   * Scenarios of two or three members and a client, to which up to eight things happen.
   *
   * @param length how long they run
   * @return arbitrary scenarios
   */
  public static Arbitrary<Scenario> scenarios(Duration length) {
    return clusters(2, 3)
        .flatMap(members -> {
          List<String> names = members.stream().map(Member::name).toList();
          return Combinators.combine(Arbitraries.longs(), qualities(), schedules(names, length, 8))
              .as((seed, quality, steps) ->
                  new Scenario(
                      "drawn by jqwik",
                      seed,
                      length,
                      Cidr.parse("10.0.0.0/24"),
                      quality,
                      members,
                      List.of(new Client("client", IpAddress.parse("10.0.0.100"))),
                      steps));
        });
  }
}

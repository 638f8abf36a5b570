package io.havip.testkit.scenario;

import io.havip.Preemption;
import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Operation;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws random scenarios: a random subset of the faults strikes a group, and at the end everything
 * is mended but for members that stay dead.
 */
public final class ScenarioGenerator {

  private static final int KINDS = 20;

  private final SimRandom random;
  private final Scenario group;
  private final List<Member> members;
  private final List<Step> steps = new ArrayList<>();
  private final Duration interval;
  private Duration now;

  private ScenarioGenerator(SimRandom random, Scenario group) {
    this.random = random;
    this.group = group;
    members = group.members();
    interval = members.getFirst().router().interval();
    now = interval.multipliedBy(8);
  }

  /**
   * Draws a group and what happens to it.
   *
   * @param seed the same seed gives the same scenario
   * @return the scenario, with this seed as its own
   */
  public static Scenario draw(long seed) {
    return draw(seed, group(new SimRandom(seed).fork("group")));
  }

  /**
   * Draws what happens to a group.
   *
   * @param seed the same seed and group give the same scenario
   * @param group a scenario of at least two members, of which all but seed, steps and length is
   *     kept
   * @return the scenario, with this seed as its own
   */
  public static Scenario draw(long seed, Scenario group) {
    return new ScenarioGenerator(new SimRandom(seed).fork("scenario"), group).scenario(seed);
  }

  private static Scenario group(SimRandom random) {
    Duration interval = random.chance(0.5) ? Duration.ofSeconds(1) : Duration.ofMillis(100);
    Preemption preemption =
        one(
            random,
            List.of(
                Preemption.NEVER,
                new Preemption.After(interval.multipliedBy(4)),
                Preemption.AT_ONCE));
    Fence fence =
        one(
            random,
            List.of(
                new Fence.None(),
                new Fence.OnExit(Duration.ofMillis(10)),
                new Fence.OnExitAndStall(Duration.ofMillis(10), interval.multipliedBy(2))));
    RouterSettings shared =
        RouterSettings.of(7, "10.0.0.50/24").withInterval(interval).withPreemption(preemption);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      members.add(
          new Member(
              String.valueOf((char) ('a' + i)),
              IpAddress.parse("10.0.0." + (i + 1)),
              shared.withPriority(100 + 50 * i),
              fence));
    }
    return new Scenario(
        "a group",
        0,
        interval,
        Cidr.parse("10.0.0.0/24"),
        Quality.LAN,
        members,
        List.of(new Client("client", IpAddress.parse("10.0.0.100"))),
        List.of());
  }

  private Scenario scenario(long seed) {
    suffer();
    heal();
    return group
        .withTitle("drawn from seed " + seed)
        .withSeed(seed)
        .withLength(now.plus(interval.multipliedBy(30)))
        .withSteps(steps);
  }

  private void suffer() {
    List<Integer> kinds = new ArrayList<>();
    for (int kind = 0; kind < KINDS; kind++) {
      if (random.chance(0.3)) {
        kinds.add(kind);
      }
    }
    for (int n = 0; n < 8 && !kinds.isEmpty(); n++) {
      steps.add(Step.of(now, fault(one(random, kinds))));
      Duration most = interval.multipliedBy(random.chance(0.3) ? 10 : 2);
      now = now.plusMillis(random.between(Duration.ZERO, most).toMillis());
    }
  }

  private void heal() {
    add(new Fault.MendAll());
    add(new Fault.ImpairAll(Scenario.SEGMENT, Quality.LAN));
    boolean some = false;
    for (Member member : members) {
      boolean last = member.equals(members.getLast());
      if ((last && !some) || random.chance(0.7)) {
        heal(member.name());
        some = true;
      } else {
        add(new Fault.Crash(member.name()));
      }
    }
  }

  private void heal(String member) {
    add(new Fault.Thaw(member));
    add(new Fault.Resume(member));
    add(new Fault.Slow(member, Duration.ZERO, Duration.ZERO));
    for (Operation operation : Operation.values()) {
      add(new Fault.Allow(member, operation));
    }
    add(new Fault.InterfaceBack(member, Scenario.INTERFACE));
    add(new Fault.LinkUp(member, Scenario.INTERFACE));
    now = now.plusMillis(1); // who was asked to stop while it was paused stops now
    if (touched(member)) {
      add(new Fault.Restart(member));
    }
  }

  /** Whether its process may have ended. */
  private boolean touched(String member) {
    return steps.stream()
        .map(Step::what)
        .anyMatch(what ->
            what.equals(new Happening.Strike(new Fault.Crash(member)))
                || what.equals(new Happening.Strike(new Fault.Kill(member)))
                || what.equals(new Happening.Strike(new Fault.Stop(member)))
                || what.equals(new Happening.Strike(new Fault.Restart(member))));
  }

  private void add(Fault fault) {
    steps.add(Step.of(now, fault));
  }

  private static <T> T one(SimRandom random, List<T> all) {
    return all.get((int) random.below(all.size()));
  }

  private IpAddress shared() {
    return members.getFirst().router().addresses().getFirst().address();
  }

  private Fault fault(int kind) {
    int first = (int) random.below(members.size());
    String one = members.get(first).name();
    String other =
        members.get((first + 1 + (int) random.below(members.size() - 1)) % members.size()).name();
    return switch (kind) {
      case 0 -> new Fault.Crash(one);
      case 1 -> new Fault.Kill(one);
      case 2 -> new Fault.Stop(one);
      case 3 -> new Fault.Pause(one);
      case 4 -> new Fault.Freeze(one);
      case 5 -> new Fault.Slow(one, interval.dividedBy(10), interval.multipliedBy(4));
      case 6 -> new Fault.LinkDown(one, Scenario.INTERFACE);
      case 7 -> new Fault.LinkUp(one, Scenario.INTERFACE);
      case 8 -> new Fault.InterfaceGone(one, Scenario.INTERFACE);
      case 9 -> new Fault.InterfaceBack(one, Scenario.INTERFACE);
      case 10 -> new Fault.CableCut(one);
      case 11 -> new Fault.Cut(one, other, random.chance(0.5));
      case 12 -> new Fault.Partition(List.of(one));
      case 13 -> new Fault.RemoveAddress(one, Scenario.INTERFACE, shared());
      case 14 -> new Fault.JumpWallClock(one, Duration.ofDays(1));
      case 15 -> new Fault.MendAll();
      case 16 -> new Fault.Resume(one);
      case 17 -> new Fault.Thaw(one);
      case 18 -> new Fault.Impair(one, other, Quality.LAN.withLoss(0.3));
      default -> new Fault.Restart(one);
    };
  }
}

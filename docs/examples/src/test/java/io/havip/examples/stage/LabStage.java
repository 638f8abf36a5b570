package io.havip.examples.stage;

import io.havip.core.check.Scene;
import io.havip.core.check.Sense;
import io.havip.core.check.Sighting;
import io.havip.core.check.TroubleKind;
import io.havip.net.IpAddress;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.scenario.Happening;
import io.havip.testkit.scenario.Member;
import io.havip.testkit.scenario.Scenario;
import io.havip.testkit.scenario.Step;
import io.havip.testkit.sim.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs scenarios on the hosts of a lab, one after the other. */
final class LabStage implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** How late a process may run on a loaded machine of two cores, and what the capture adds. */
  static final Duration LATENESS = Duration.ofMillis(120);

  private static final Duration DELAY = Duration.ofMillis(20);

  private final Lab lab = Lab.open();
  private final Capture capture;
  private final Map<String, LabHost> hosts = new LinkedHashMap<>();
  private final Map<String, LabProcess> kernels = new HashMap<>();
  private final Map<String, NodeSlot> slots = new HashMap<>();

  LabStage(Map<String, String> addresses) {
    addresses.forEach((name, address) -> hosts.put(name, lab.addHost(name, address)));
    capture = lab.capture();
    hosts.forEach((name, host) -> {
      kernels.put(name, host.monitorAddresses());
      slots.put(name, new NodeSlot(host));
    });
  }

  /**
   * What became of a scenario.
   *
   * @param scene the members and what the lab sees
   * @param sightings what was seen
   * @param steps when each step was taken
   * @param end when it ended
   */
  record Run(Scene scene, List<Sighting> sightings, List<Long> steps, long end) {}

  /** Runs a scenario whose members have settled, as in the simulator, when its first step comes. */
  Run run(Scenario scenario, Scene simulated, Set<String> settledOn) {
    return new Running(scenario, simulated).run(settledOn);
  }

  @Override
  public void close() {
    slots.values().forEach(NodeSlot::close);
    capture.close();
    lab.close();
  }

  /** One run. */
  private final class Running {

    private final Scenario scenario;
    private final Scene simulated;
    private final IpAddress vip;
    private final LabSightings seen;
    private final Map<String, StageMember> members = new LinkedHashMap<>();
    private final long begin = System.nanoTime();

    Running(Scenario scenario, Scene simulated) {
      this.scenario = scenario;
      this.simulated = simulated;
      vip = scenario.members().getFirst().router().addresses().getFirst().address();
      seen = new LabSightings(vip, begin);
      for (Member member : scenario.members()) {
        members.put(member.name(), member(member));
      }
    }

    private StageMember member(Member member) {
      return member.name().startsWith("k")
          ? new KeepalivedMember(hosts.get(member.name()), member, vip)
          : new NodeMember(hosts.get(member.name()), slots.get(member.name()), member, vip);
    }

    Run run(Set<String> settledOn) {
      List<Long> taken = new ArrayList<>();
      long end;
      try {
        for (String name : members.keySet()) {
          seen.trouble(begin, TroubleKind.STOP, List.of(name), true);
        }
        for (Step step : scenario.steps()) {
          if (step.what() instanceof Happening.Strike(Fault.Kill(String host))) {
            members.get(host).prepareForAKill();
          }
        }
        members.values().forEach(StageMember::start);
        settle(settledOn);
        Duration nominal = scenario.steps().getFirst().at();
        long real = System.nanoTime();
        for (Step step : scenario.steps()) {
          sleepUntil(real + step.at().minus(nominal).toNanos());
          real = take(step);
          nominal = step.at();
          taken.add(real);
        }
        end = real + scenario.length().minus(nominal).toNanos();
        sleepUntil(end);
      } finally {
        members.values().forEach(StageMember::end);
        clear();
      }
      return new Run(scene(), collect(end), taken, end);
    }

    /** The group is of one mind, and has been for a while. */
    private void settle(Set<String> settledOn) {
      long interval = scenario.members().getFirst().router().interval().toNanos();
      long[] since = {System.nanoTime()};
      Await.until(
          settledOn + " to hold " + vip,
          LIMIT,
          () -> {
            if (!holders().equals(settledOn)) {
              since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > 5 * interval;
          });
    }

    private Set<String> holders() {
      LabSightings now = new LabSightings(vip, begin);
      members.keySet().forEach(name -> now.kernel(name, kernels.get(name).lines()));
      HolderTimeline timeline = HolderTimeline.of(now.inOrder(), vip);
      return new TreeSet<>(timeline.at(Long.MAX_VALUE));
    }

    private long take(Step step) {
      if (!(step.what() instanceof Happening.Strike(Fault fault))) {
        throw new IllegalArgumentException("the lab cannot " + step);
      }
      long at = System.nanoTime();
      switch (fault) {
        case Fault.Kill f -> {
          at = members.get(f.host()).kill();
          seen.trouble(at, TroubleKind.KILL, List.of(f.host()), true);
        }
        case Fault.Stop f -> members.get(f.host()).stop();
        case Fault.Restart f -> {
          at = members.get(f.host()).startAgain();
          seen.trouble(at, TroubleKind.KILL, List.of(f.host()), false);
        }
        case Fault.Pause f -> {
          at = members.get(f.host()).pause();
          seen.trouble(at, TroubleKind.PAUSE, List.of(f.host()), true);
        }
        case Fault.Resume f -> {
          at = members.get(f.host()).resume();
          seen.trouble(at, TroubleKind.PAUSE, List.of(f.host()), false);
        }
        case Fault.LinkDown f -> {
          seen.trouble(at, TroubleKind.LINK, List.of(f.host()), true);
          hosts.get(f.host()).linkDown();
        }
        case Fault.LinkUp f -> {
          hosts.get(f.host()).linkUp();
          seen.trouble(System.nanoTime(), TroubleKind.LINK, List.of(f.host()), false);
        }
        case Fault.Cut f -> {
          cut(f.from(), f.to(), true);
          if (f.bothWays()) {
            cut(f.to(), f.from(), true);
          }
        }
        case Fault.Mend f -> {
          cut(f.from(), f.to(), false);
          if (f.bothWays()) {
            cut(f.to(), f.from(), false);
          }
        }
        case Fault.RemoveAddress f -> {
          seen.moment(at, TroubleKind.ADDRESS_REMOVED, f.host());
          hosts.get(f.host()).removeAddress(f.address().toString());
        }
        default -> throw new IllegalArgumentException("the lab cannot " + step);
      }
      return at;
    }

    /** What comes from one host is dropped where it arrives at the other. */
    private void cut(String from, String to, boolean begins) {
      LabHost host = hosts.get(to);
      if (begins) {
        seen.trouble(System.nanoTime(), TroubleKind.CUT, List.of(from, to), true);
        host.exec(
            "nft",
            "add table inet stage; add chain inet stage in { type filter hook input priority 0; };"
                + " add rule inet stage in ip saddr "
                + hosts.get(from).address()
                + " drop");
      } else {
        host.exec("nft", "delete table inet stage");
        seen.trouble(System.nanoTime(), TroubleKind.CUT, List.of(from, to), false);
      }
    }

    private void clear() {
      for (LabHost host : hosts.values()) {
        host.tryExec("nft", "delete table inet stage");
        host.tryExec("ip", "addr", "del", vip + "/24", "dev", LabHost.INTERFACE);
      }
    }

    private Scene scene() {
      return new Scene(
          simulated.members(),
          DELAY,
          LATENESS,
          EnumSet.of(
              Sense.STATES, Sense.ADDRESSES, Sense.ADVERTS, Sense.ANNOUNCEMENTS, Sense.TROUBLE));
    }

    private List<Sighting> collect(long end) {
      capture.drain();
      Map<String, String> byMac = new HashMap<>();
      members.forEach((name, member) -> {
        byMac.put(hosts.get(name).mac(), name);
        seen.kernel(name, kernels.get(name).lines());
        member.tell(seen);
      });
      seen.frames(capture.frames(), byMac);
      return seen.inOrder().stream().filter(s -> s.at() <= end).toList();
    }
  }

  private static void sleepUntil(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
    }
  }
}

package io.havip.testkit.sim;

import io.havip.HavipEvent;
import io.havip.net.IpAddress;
import io.havip.core.check.Check;
import io.havip.core.check.Scene;
import io.havip.core.check.Sense;
import io.havip.core.check.Sighting;
import io.havip.core.check.Trial;
import io.havip.core.check.TroubleKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns what happens in a simulation into {@linkplain Sighting sightings}: at the moment of each
 * change, without sampling. While nothing changes it costs a null check.
 *
 * <p>States are those that a node reports to its listeners, which happens at once unless its
 * process is slow, paused or dead. A simulation has at most one.
 */
public final class Watch {

  private final Simulation simulation;
  private final Scene scene;
  private final Consumer<Sighting> sink;
  private final List<SimClient> clients;
  private final List<IpAddress> addresses;
  private final Map<String, SimHost> members = new LinkedHashMap<>();
  private final List<String> stations = new ArrayList<>();
  private final Map<IpAddress, boolean[]> answering = new LinkedHashMap<>();
  private final Map<String, Optional<SimHost>> reached = new HashMap<>();
  private final Set<String> leaving = new LinkedHashSet<>();
  private Set<Wrong> wrong = new LinkedHashSet<>();

  /** How long words take at most on the paths that are bad. */
  private final Map<Wrong, Long> underWay = new HashMap<>();

  private final Map<Wrong, Long> arrivedAt = new HashMap<>();

  /** A trouble that lasts. */
  private record Wrong(TroubleKind kind, List<String> members) {}

  private Watch(
      Simulation simulation, Scene scene, Consumer<Sighting> sink, List<SimClient> clients) {
    this.simulation = simulation;
    this.scene = scene;
    this.sink = sink;
    this.clients = clients;
    for (Scene.Actor actor : scene.members()) {
      members.put(actor.name(), simulation.host(actor.name()));
      actor
          .router()
          .allAddresses()
          .forEach(a ->
              answering.computeIfAbsent(
                  a.address(), ignored -> new boolean[scene.members().size()]));
    }
    stations.addAll(members.keySet());
    clients.forEach(client -> stations.add(client.name()));
    addresses = List.copyOf(answering.keySet());
  }

  /**
   * What a watch sees.
   *
   * @param clients whether it follows clients
   * @return the senses for the scene
   */
  public static Set<Sense> senses(boolean clients) {
    EnumSet<Sense> senses =
        EnumSet.of(
            Sense.STATES, Sense.ADDRESSES, Sense.ADVERTS, Sense.ANNOUNCEMENTS, Sense.TROUBLE);
    if (clients) {
      senses.add(Sense.CLIENTS);
    }
    return senses;
  }

  /**
   * Begins to watch. To be called before the processes are started.
   *
   * @param simulation the simulation, with the hosts of the scene under the names of its members
   * @param scene the group
   * @param sink takes the sightings; must not change anything
   * @param clients whose traffic to follow
   * @throws IllegalStateException if it is watched already
   */
  public static void begin(
      Simulation simulation, Scene scene, Consumer<Sighting> sink, SimClient... clients) {
    Watch watch = new Watch(simulation, scene, sink, List.of(clients));
    simulation.engine().watch(watch);
    watch.look();
    watch.compare();
  }

  /**
   * Begins to judge a simulation after every event. To be called before the processes are started.
   *
   * @param simulation the simulation, with the hosts of the scene under the names of its members
   * @param scene the group
   * @param checks what to judge it by
   * @param clients whose traffic to follow
   * @return the trial; after a run {@link Trial#advance} takes it to the end
   */
  public static Trial judge(
      Simulation simulation, Scene scene, List<? extends Check> checks, SimClient... clients) {
    Trial trial = new Trial(scene, checks);
    begin(simulation, scene, trial::see, clients);
    simulation.afterEachEvent(() -> trial.advance(simulation.nanos()));
    return trial;
  }

  /** A fault strikes. */
  void during(Fault fault, Runnable effect) {
    switch (fault) {
      case Fault.Stop f -> leaving.add(f.host());
      case Fault.Kill f -> leaving.remove(f.host());
      case Fault.Restart f -> leaving.remove(f.host());
      default -> {}
    }
    effect.run();
    switch (fault) {
      case Fault.RemoveAddress f -> moment(TroubleKind.ADDRESS_REMOVED, f.host(), fault);
      case Fault.JumpWallClock f -> moment(TroubleKind.WALL_CLOCK, f.host(), fault);
      default -> {}
    }
    compare();
  }

  private void moment(TroubleKind kind, String host, Fault fault) {
    if (members.containsKey(host)) {
      List<String> whom = List.of(host);
      see(new Sighting.Trouble(now(), kind, whom, true, fault.describe()));
      see(new Sighting.Trouble(now(), kind, whom, false, fault.describe()));
    }
  }

  /** A node reports a change of state. */
  void changed(String host, HavipEvent.StateChanged change) {
    if (members.containsKey(host) && watches(change.subject())) {
      see(
          new Sighting.State(
              now(),
              host,
              change.subject(),
              change.from(),
              change.to(),
              change.priority(),
              change.cause().describe()));
    }
  }

  private boolean watches(String router) {
    for (Scene.Actor actor : scene.members()) {
      if (actor.router().name().equals(router)) {
        return true;
      }
    }
    return false;
  }

  /** A VRRP message leaves: VRID and priority are its second and third byte in both versions. */
  void sent(String host, byte[] message) {
    if (message.length > 2 && members.containsKey(host)) {
      see(new Sighting.Advert(now(), host, message[1] & 0xff, message[2] & 0xff));
    }
  }

  void announced(String host, IpAddress address) {
    if (members.containsKey(host) && answering.containsKey(address)) {
      see(new Sighting.Announcement(now(), host, address));
    }
  }

  /** Something may have changed in who answers and who is reached. */
  void look() {
    for (int a = 0; a < addresses.size(); a++) {
      IpAddress address = addresses.get(a);
      boolean[] known = answering.getOrDefault(address, new boolean[members.size()]);
      int number = 0;
      for (SimHost member : members.values()) {
        boolean answers = member.kernel().answers(address);
        if (answers != known[number]) {
          known[number] = answers;
          see(new Sighting.Address(now(), member.name(), address, answers));
        }
        number++;
      }
      for (int c = 0; c < clients.size(); c++) {
        follow(clients.get(c), address);
      }
    }
  }

  private void follow(SimClient client, IpAddress address) {
    Optional<SimHost> to = client.reaches(address).filter(h -> members.containsKey(h.name()));
    if (!to.equals(reached.put(client.name() + ' ' + address, to))) {
      see(new Sighting.Reach(now(), client.name(), address, to.map(SimHost::name)));
    }
  }

  /** Tells what has begun to go wrong since the last time, and what has ended. */
  void compare() {
    Set<Wrong> before = wrong;
    wrong = all();
    for (Wrong each : before) {
      if (!wrong.contains(each)) {
        tell(each, false);
      }
    }
    for (Wrong each : wrong) {
      if (!before.contains(each)) {
        tell(each, true);
      }
    }
  }

  private void tell(Wrong each, boolean begins) {
    String words = each.kind() + " of " + String.join(" to ", each.members());
    see(new Sighting.Trouble(now(), each.kind(), each.members(), begins, words));
  }

  private Set<Wrong> all() {
    Set<Wrong> all = new LinkedHashSet<>();
    members.values().forEach(host -> ofHost(host, all));
    for (String from : stations) {
      for (String to : stations) {
        if (!from.equals(to)) {
          ofPath(from, to, all);
        }
      }
    }
    return all;
  }

  private void ofHost(SimHost host, Set<Wrong> all) {
    Kernel kernel = host.kernel();
    SimProcess process = kernel.process();
    List<String> whom = List.of(host.name());
    if (!kernel.on()) {
      all.add(new Wrong(TroubleKind.CRASH, whom));
    } else if (process == null) {
      boolean left = leaving.contains(host.name());
      all.add(new Wrong(left ? TroubleKind.STOP : TroubleKind.KILL, whom));
    } else {
      if (process.paused()) {
        all.add(new Wrong(TroubleKind.PAUSE, whom));
      }
      if (process.slowed()) {
        all.add(new Wrong(TroubleKind.SLOW, whom));
      }
    }
    if (kernel.frozen()) {
      all.add(new Wrong(TroubleKind.FREEZE, whom));
    }
    if (kernel.on() && kernel.nics().stream().anyMatch(nic -> !nic.up() || !nic.present())) {
      all.add(new Wrong(TroubleKind.LINK, whom));
    }
    if (EnumSet.allOf(Operation.class).stream().anyMatch(host::refuses)) {
      all.add(new Wrong(TroubleKind.REFUSED, whom));
    }
  }

  private void ofPath(String from, String to, Set<Wrong> all) {
    List<String> path = List.of(from, to);
    Wrong impaired = new Wrong(TroubleKind.IMPAIRED, path);
    long longest = scene.longestDelay().toNanos();
    for (SimNetwork segment : simulation.segments()) {
      if (segment.parted(from, to)) {
        all.add(new Wrong(TroubleKind.CUT, path));
      }
      Quality quality = segment.qualityBetween(from, to);
      if (quality.loss() > 0
          || quality.duplicate() > 0
          || quality.reorder() > 0
          || quality.delay().plus(quality.jitter()).toNanos() > longest) {
        all.add(impaired);
        Duration slowest = quality.delay().plus(quality.jitter()).plus(quality.heldBack());
        underWay.merge(impaired, slowest.toNanos(), Math::max);
      } else if (wrong.contains(impaired)) {
        lingers(impaired, all);
      }
    }
  }

  /** A path that was bad is well when what was sent on it has arrived, for later words wait. */
  private void lingers(Wrong impaired, Set<Wrong> all) {
    Long length = underWay.remove(impaired);
    if (length != null) {
      long until = now() + length;
      arrivedAt.put(impaired, until);
      simulation.schedule(until, "the end of an impairment", this::compare);
    }
    if (arrivedAt.getOrDefault(impaired, now()) > now()) {
      all.add(impaired);
    }
  }

  private long now() {
    return simulation.nanos();
  }

  private void see(Sighting sighting) {
    sink.accept(sighting);
  }
}

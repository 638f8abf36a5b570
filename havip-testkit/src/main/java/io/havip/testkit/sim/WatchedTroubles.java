package io.havip.testkit.sim;

import io.havip.core.check.Scene;
import io.havip.core.check.Sighting;
import io.havip.core.check.TroubleKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Compares what is wrong with a simulation with what was, and tells the difference. */
final class WatchedTroubles {

  /** A node tries what was refused again after ten seconds at the latest. */
  private static final long RETRIED = 10_000_000_000L + 1_000_000;

  private final Simulation simulation;
  private final long longestDelay;
  private final Collection<SimHost> members;
  private final List<String> stations = new ArrayList<>();
  private final Consumer<Sighting> sink;
  private final Map<String, String> interfaces = new HashMap<>();
  private final Map<String, Integer> vrids = new LinkedHashMap<>();
  private final Set<String> leaving = new LinkedHashSet<>();
  private Set<Wrong> wrong = new LinkedHashSet<>();

  /** How long words take at most on the paths that are bad. */
  private final Map<Wrong, Long> underWay = new HashMap<>();

  private final Map<Wrong, Long> arrivedAt = new HashMap<>();

  /** A trouble that lasts. */
  private record Wrong(TroubleKind kind, List<String> members) {}

  WatchedTroubles(
      Simulation simulation,
      Scene scene,
      Collection<SimHost> members,
      List<SimClient> clients,
      Consumer<Sighting> sink) {
    this.simulation = simulation;
    this.members = members;
    this.sink = sink;
    longestDelay = scene.longestDelay().toNanos();
    members.forEach(member -> stations.add(member.name()));
    scene.members().forEach(actor -> interfaces.put(actor.name(), actor.router().interfaceName()));
    scene.members().forEach(actor -> vrids.put(actor.name(), actor.router().vrid()));
    clients.forEach(client -> stations.add(client.name()));
  }

  /** A fault strikes. */
  void during(Fault fault, Runnable effect) {
    switch (fault) {
      case Fault.Stop f -> leaving.add(f.host());
      case Fault.Kill f -> leaving.remove(f.host());
      case Fault.Restart f -> leaving.remove(f.host());
      default -> {}
    }
    Optional<String> reflected =
        fault instanceof StrangerFault.Forged f ? whoSpokeLast(f.network()) : Optional.empty();
    effect.run();
    switch (fault) {
      case Fault.RemoveAddress f -> moment(TroubleKind.ADDRESS_REMOVED, f.host(), fault);
      case Fault.JumpWallClock f -> moment(TroubleKind.WALL_CLOCK, f.host(), fault);
      case StrangerFault.Forged f -> {
        if (f.forgery().ownAddress()) {
          reflected.ifPresent(member -> moment(TroubleKind.REFLECTION, member, fault));
        } else {
          members.forEach(member -> moment(TroubleKind.STRANGER, member.name(), fault));
        }
      }
      default -> {}
    }
    compare();
  }

  private Optional<String> whoSpokeLast(String segment) {
    for (SimNetwork network : simulation.networks()) {
      for (Map.Entry<String, Integer> each : vrids.entrySet()) {
        if (network.name().equals(segment) && network.saidLast(each.getKey(), each.getValue())) {
          return Optional.of(each.getKey());
        }
      }
    }
    return Optional.empty();
  }

  private void moment(TroubleKind kind, String host, Fault fault) {
    if (members.stream().anyMatch(member -> member.name().equals(host))) {
      List<String> whom = List.of(host);
      sink.accept(new Sighting.Trouble(now(), kind, whom, true, fault.describe()));
      sink.accept(new Sighting.Trouble(now(), kind, whom, false, fault.describe()));
    }
  }

  /** Words begin to wait: if they still do when they should have arrived, the path is bad. */
  void wordsWait() {
    simulation.schedule(now() + longestDelay, "words that wait", this::compare);
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
    String kind = each.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String words = kind + " of " + String.join(" to ", each.members());
    sink.accept(new Sighting.Trouble(now(), each.kind(), each.members(), begins, words));
  }

  private Set<Wrong> all() {
    Set<Wrong> all = new LinkedHashSet<>();
    members.forEach(host -> ofHost(host, all));
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
    Wrong refused = new Wrong(TroubleKind.REFUSED, whom);
    if (host.refusesAnything()) {
      all.add(refused);
    } else if (wrong.contains(refused) && triesAgain(refused, host)) {
      all.add(refused);
    }
    String own = interfaces.getOrDefault(host.name(), "");
    for (Nic nic : kernel.nics()) {
      if (nic.network != null && nic.network.rivals() && !nic.cableCut) {
        boolean here = nic.name().equals(own);
        // Elsewhere it disturbs another router of the member's sync group.
        all.add(new Wrong(here ? TroubleKind.DUPLICATE_VRID : TroubleKind.HEALTH, whom));
      }
    }
    if (simulation.cloud().filter(cloud -> cloud.fails(host.name())).isPresent()) {
      all.add(new Wrong(TroubleKind.CLOUD, whom));
    }
    if (simulation.cloud().filter(cloud -> cloud.outOfReach(host.name())).isPresent()) {
      all.add(new Wrong(TroubleKind.CLOUD_OUT_OF_REACH, whom));
    }
  }

  /** What was refused is well when the node has tried it again. */
  private boolean triesAgain(Wrong refused, SimHost host) {
    if (host.lastRefused() == Long.MIN_VALUE) {
      return false;
    }
    long until = host.lastRefused() + RETRIED;
    if (until > now() && arrivedAt.getOrDefault(refused, now()) < until) {
      arrivedAt.put(refused, until);
      simulation.schedule(until, "the end of a refusal", this::compare);
    }
    return until > now();
  }

  private void ofPath(String from, String to, Set<Wrong> all) {
    List<String> path = List.of(from, to);
    Wrong impaired = new Wrong(TroubleKind.IMPAIRED, path);
    boolean bad = false;
    long longest = 0;
    for (SimNetwork segment : simulation.networks()) {
      if (segment.parted(from, to)) {
        all.add(new Wrong(TroubleKind.CUT, path));
      }
      Quality quality = segment.qualityBetween(from, to);
      longest = Math.max(longest, quality.delay().plus(quality.jitter()).toNanos());
      if (quality.loss() > 0
          || quality.duplicate() > 0
          || quality.reorder() > 0
          || quality.delay().plus(quality.jitter()).toNanos() > longestDelay) {
        bad = true;
        Duration slowest = quality.delay().plus(quality.jitter()).plus(quality.heldBack());
        underWay.merge(impaired, slowest.toNanos(), Math::max);
      }
    }
    if (bad || waits(from, to, longest) || lingers(impaired)) {
      all.add(impaired);
    }
  }

  /** A path that was bad is well when what was sent on it has arrived, for later words wait. */
  private boolean lingers(Wrong impaired) {
    Long length = underWay.remove(impaired);
    if (length != null) {
      long until = now() + length;
      arrivedAt.put(impaired, until);
      simulation.schedule(until, "the end of an impairment", this::compare);
    }
    return arrivedAt.getOrDefault(impaired, now()) > now();
  }

  /**
   * Whether words wait until the receiver says where it is, and should have arrived: it may have
   * been asked in vain. Who is switched off or not plugged in is waited for by nobody.
   */
  private boolean waits(String from, String to, long slowest) {
    SimHost speaker = null;
    SimHost hearer = null;
    for (SimHost member : members) {
      speaker = member.name().equals(from) ? member : speaker;
      hearer = member.name().equals(to) ? member : hearer;
    }
    if (speaker == null || hearer == null || !hearer.kernel().on()) {
      return false;
    }
    for (Nic here : speaker.kernel().nics()) {
      for (Nic there : hearer.kernel().nics()) {
        if (here.network != null
            && there.up()
            && there.present()
            && here.waitsFor(there, now() - longestDelay, now() - slowest)) {
          return true;
        }
      }
    }
    return false;
  }

  private long now() {
    return simulation.nanos();
  }
}

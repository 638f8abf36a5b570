package io.havip.testkit.sim;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.Reconfiguration;
import io.havip.core.check.Check;
import io.havip.core.check.Scene;
import io.havip.core.check.Sense;
import io.havip.core.check.Sighting;
import io.havip.core.check.Sighting.Callback.Call;
import io.havip.core.check.Trial;
import io.havip.net.IpAddress;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns what happens in a simulation into {@linkplain Sighting sightings}: at the moment of each
 * change, without sampling. While nothing changes it costs a null check.
 *
 * <p>States, alarms and the like are those that a node reports to its listeners, which happens at
 * once unless its process is slow, paused or dead. A simulation has at most one.
 */
public final class Watch {

  private final Simulation simulation;
  private final Consumer<Sighting> sink;
  private final List<SimClient> clients;
  private final List<IpAddress> addresses;
  private final Map<String, SimHost> members = new LinkedHashMap<>();
  private final Map<String, Scene.Actor> actors = new HashMap<>();
  private final Map<IpAddress, boolean[]> answering = new LinkedHashMap<>();
  private final Map<String, Optional<SimHost>> reached = new HashMap<>();
  private final Map<IpAddress, Optional<String>> mapped = new HashMap<>();
  private final WatchedCallbacks callbacks = new WatchedCallbacks(this::called);
  private final WatchedTroubles troubles;

  private Watch(
      Simulation simulation, Scene scene, Consumer<Sighting> sink, List<SimClient> clients) {
    this.simulation = simulation;
    this.sink = sink;
    this.clients = clients;
    for (Scene.Actor actor : scene.members()) {
      members.put(actor.name(), simulation.host(actor.name()));
      actors.put(actor.name(), actor);
      actor
          .router()
          .allAddresses()
          .forEach(a ->
              answering.computeIfAbsent(
                  a.address(), ignored -> new boolean[scene.members().size()]));
    }
    addresses = List.copyOf(answering.keySet());
    troubles = new WatchedTroubles(simulation, scene, members.values(), clients, sink);
  }

  /**
   * What a watch sees where there is no cloud.
   *
   * @param clients whether it follows clients
   * @return the senses for the scene
   */
  public static Set<Sense> senses(boolean clients) {
    EnumSet<Sense> senses =
        EnumSet.complementOf(EnumSet.of(Sense.CLIENTS, Sense.MAPPING, Sense.WRITES, Sense.EPOCHS));
    if (clients) {
      senses.add(Sense.CLIENTS);
    }
    return senses;
  }

  /**
   * What a watch sees of a simulation.
   *
   * @param simulation with its cloud, if it has one
   * @param clients whether it follows clients
   * @return the senses for the scene
   */
  public static Set<Sense> senses(Simulation simulation, boolean clients) {
    Set<Sense> senses = senses(clients);
    simulation
        .cloud()
        .ifPresent(cloud -> {
          senses.add(Sense.MAPPING);
          senses.add(Sense.EPOCHS);
          if (cloud.showsWrites()) {
            senses.add(Sense.WRITES);
          }
        });
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
   * @throws IllegalArgumentException if a member of the scene is no host of the simulation
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
   * @throws IllegalStateException if it is watched already
   * @throws IllegalArgumentException if a member of the scene is no host of the simulation
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
    troubles.during(fault, effect);
  }

  /** Something may have begun to go wrong, or have ended. */
  void compare() {
    troubles.compare();
  }

  /** Words begin to wait until their receiver says where it is. */
  void wordsWait() {
    troubles.wordsWait();
  }

  /** What is shown by others. */
  void sighted(Sighting sighting) {
    sink.accept(sighting);
  }

  /** The configuration whose callbacks are watched. */
  HavipConfig watched(String host, HavipConfig config) {
    return members.containsKey(host) ? callbacks.of(host, config) : config;
  }

  private void called(String host, String router, Call call, boolean begins) {
    if (watches(host, router)) {
      sink.accept(new Sighting.Callback(now(), host, router, call, begins));
    }
  }

  /** A node reports something. */
  void heard(String host, HavipEvent event) {
    String router = event.subject();
    switch (event) {
      case HavipEvent.StateChanged change -> changed(host, change);
      case HavipEvent.AddressBound bound -> told(host, router, Call.BOUND);
      case HavipEvent.AddressReleased released -> told(host, router, Call.RELEASED);
      case HavipEvent.AddressesDiffer differ ->
          alarm(host, event, Sighting.Alarm.Kind.OTHER_ADDRESSES);
      case HavipEvent.LowerPriorityHeard lower ->
          alarm(host, event, Sighting.Alarm.Kind.LOWER_PRIORITY);
      case HavipEvent.OperationFailed failed ->
          alarm(host, event, Sighting.Alarm.Kind.OPERATION_FAILED);
      case HavipEvent.CloudNotConfirmed not -> alarm(host, event, Sighting.Alarm.Kind.NOT_MAPPED);
      case HavipEvent.CloudFailed failed -> alarm(host, event, Sighting.Alarm.Kind.CLOUD_FAILED);
      case HavipEvent.AdvertRefused refused -> {
        if (watches(host, router)) {
          sink.accept(new Sighting.Refused(now(), host, refused.refusal().reason()));
        }
      }
      case HavipEvent.CloudConfirmed confirmed -> {
        if (watches(host, router)) {
          sink.accept(new Sighting.Epoch(now(), host, confirmed.address(), confirmed.epoch()));
        }
      }
      case HavipEvent.PriorityChanged change -> {
        if (watches(host, router)) {
          sink.accept(new Sighting.Priority(now(), host, router, change.to()));
        }
      }
      case HavipEvent.Reconfigured changes ->
          changes.changes().changes().forEach(change -> reconfigured(host, change));
      default -> {}
    }
  }

  private void changed(String host, HavipEvent.StateChanged change) {
    Scene.Actor actor = actors.get(host);
    if (actor == null) {
      return;
    }
    if (actor.router().name().equals(change.subject())) {
      sink.accept(
          new Sighting.State(
              now(),
              host,
              change.subject(),
              change.from(),
              change.to(),
              change.priority(),
              change.cause().describe()));
    } else if (actor.siblings().contains(change.subject())) {
      sink.accept(new Sighting.Sibling(now(), host, change.subject(), change.to()));
    }
  }

  private void told(String host, String router, Call call) {
    called(host, router, call, true);
    called(host, router, call, false);
  }

  private void alarm(String host, HavipEvent event, Sighting.Alarm.Kind kind) {
    if (watches(host, event.subject())) {
      sink.accept(new Sighting.Alarm(now(), host, event.subject(), kind, event.describe()));
    }
  }

  private void reconfigured(String host, Reconfiguration.Change change) {
    if (watches(host, change.router())) {
      List<String> settings =
          switch (change) {
            case Reconfiguration.Change.Updated updated -> updated.settings();
            case Reconfiguration.Change.Restarted restarted -> restarted.settings();
            default -> List.of();
          };
      sink.accept(new Sighting.Reconfigured(now(), host, change.router(), kind(change), settings));
    }
  }

  private static Sighting.Reconfigured.Change kind(Reconfiguration.Change change) {
    return switch (change) {
      case Reconfiguration.Change.Unchanged c -> Sighting.Reconfigured.Change.UNCHANGED;
      case Reconfiguration.Change.Updated c -> Sighting.Reconfigured.Change.UPDATED;
      case Reconfiguration.Change.Restarted c -> Sighting.Reconfigured.Change.RESTARTED;
      case Reconfiguration.Change.Added c -> Sighting.Reconfigured.Change.ADDED;
      case Reconfiguration.Change.Removed c -> Sighting.Reconfigured.Change.REMOVED;
    };
  }

  private boolean watches(String host, String router) {
    Scene.Actor actor = actors.get(host);
    return actor != null && actor.router().name().equals(router);
  }

  /** A VRRP message leaves: VRID and priority are its second and third byte in both versions. */
  void sent(String host, byte[] message) {
    Scene.Actor actor = actors.get(host);
    if (actor == null || message.length < 6) {
      return;
    }
    int vrid = message[1] & 0xff;
    if (vrid == actor.router().vrid()) {
      sink.accept(new Sighting.Advert(now(), host, vrid, message[2] & 0xff, interval(message)));
    }
  }

  /** Version 2 says seconds in its sixth byte, version 3 centiseconds in twelve bits up to it. */
  private static long interval(byte[] message) {
    int last = message[5] & 0xff;
    return message[0] >> 4 == 2
        ? last * 1_000_000_000L
        : ((message[4] & 0x0f) << 8 | last) * 10_000_000L;
  }

  void announced(String host, IpAddress address) {
    if (members.containsKey(host) && answering.containsKey(address)) {
      sink.accept(new Sighting.Announcement(now(), host, address));
    }
  }

  /** Something may have changed in who answers, who is reached, and to whom the cloud maps. */
  void look() {
    for (int a = 0; a < addresses.size(); a++) {
      IpAddress address = addresses.get(a);
      boolean[] known = answering.getOrDefault(address, new boolean[members.size()]);
      int number = 0;
      for (SimHost member : members.values()) {
        boolean answers = member.kernel().answers(address);
        if (answers != known[number]) {
          known[number] = answers;
          sink.accept(new Sighting.Address(now(), member.name(), address, answers));
        }
        number++;
      }
      for (int c = 0; c < clients.size(); c++) {
        follow(clients.get(c), address);
      }
      simulation
          .cloud()
          .ifPresent(cloud -> {
            Optional<String> to = cloud.holder(address);
            if (!to.equals(mapped.put(address, to))) {
              sink.accept(new Sighting.Mapping(now(), address, to));
            }
          });
    }
  }

  private void follow(SimClient client, IpAddress address) {
    Optional<SimHost> to = client.reaches(address).filter(h -> members.containsKey(h.name()));
    if (!to.equals(reached.put(client.name() + ' ' + address, to))) {
      sink.accept(new Sighting.Reach(now(), client.name(), address, to.map(SimHost::name)));
    }
  }

  private long now() {
    return simulation.nanos();
  }
}

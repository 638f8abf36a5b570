package io.havip.core.node;

import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.HavipEvent;
import io.havip.HavipException;
import io.havip.NodeSnapshot;
import io.havip.Reconfiguration;
import io.havip.Reconfiguration.Change;
import io.havip.SyncGroup;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The routers of a node with what they share: ports, reservations, sync groups and dependencies.
 * Knows how the set is made, changed and taken apart; on the loop only.
 */
final class RouterSet {

  private final Platform platform;
  private final Events events;
  private final Dependencies dependencies;
  private final List<Router> routers = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final Map<HubKey, AdvertHub> hubs = new LinkedHashMap<>();
  private final List<IpAddress> reserved = new ArrayList<>();
  private Timers.@Nullable Deadline encore;
  private boolean started;

  RouterSet(Platform platform, Events events, HavipConfig config) {
    this.platform = platform;
    this.events = events;
    dependencies = new Dependencies(platform, events, config);
  }

  /** The routers, in the order of the configuration. */
  List<Router> all() {
    return Collections.unmodifiableList(routers);
  }

  /** Who was heard without a router here. */
  List<NodeSnapshot.Stranger> strangers() {
    return hubs.values().stream().flatMap(AdvertHub::strangers).toList();
  }

  List<NodeSnapshot.Group> groups() {
    return groups.stream().map(Group::snapshot).toList();
  }

  NodeSnapshot.Timing timing() {
    return dependencies.punctuality().snapshot();
  }

  /**
   * Makes the first routers and opens what they need; none takes part yet.
   *
   * @throws io.havip.HavipException if the host contradicts or refuses; {@link #close} clears up
   */
  void open(HavipConfig config) {
    config.routers().forEach(this::checkInterface);
    config.routers().forEach(this::checkFence);
    if (platform.realTime()) {
      config.routers().stream()
          .filter(r -> platform.links().find(r.interfaceName()).isPresent())
          .findFirst()
          .ifPresent(this::rehearse);
    }
    config.syncGroups().forEach(g -> groups.add(new Group(g, events)));
    for (VirtualRouterConfig router : config.routers()) {
      reserve(router);
      HubKey key = HubKey.of(router);
      Router runtime = newRouter(router, hubs.computeIfAbsent(key, this::newHub), groups);
      join(runtime);
      dependencies.connect(runtime);
    }
    routers.forEach(Router::clearLeftovers);
    hubs.values().forEach(AdvertHub::open);
    dependencies.start();
  }

  private void rehearse(VirtualRouterConfig router) {
    Rehearsal rehearsal = Rehearsal.of(router, platform.links());
    rehearsal.play();
    encore = rehearsal.encore(platform.timers());
    dependencies.rehearseBy(new DressRehearsal(platform, rehearsal));
  }

  /** Lets the routers take part. */
  void start() {
    started = true;
    dependencies.punctuality().start();
    groups.forEach(Group::start);
    start(routers);
  }

  /** All are assessed before the first starts: a router starts with the faults of its group. */
  private static void start(List<Router> starting) {
    starting.forEach(Router::assess);
    starting.forEach(Router::start);
  }

  /**
   * Takes routers out of the election, every one at its own pace: one application's demotion holds
   * up no other router.
   *
   * @param then called when all have given up their addresses
   */
  void stop(List<Router> leaving, Runnable then) {
    groups.stream()
        .filter(g -> leaving.stream().anyMatch(r -> concerns(g, r.config())))
        .forEach(Group::dissolve);
    List<Router> left = new ArrayList<>(leaving);
    if (left.isEmpty()) {
      then.run();
    }
    for (Router router : List.copyOf(leaving)) {
      router.stop(() -> {
        left.remove(router);
        if (left.isEmpty()) {
          then.run();
        }
      });
    }
  }

  /** Gives back everything that the host lent; the routers have left before. */
  void close() {
    if (encore != null) {
      encore.disarm();
    }
    dependencies.stop();
    hubs.values().forEach(AdvertHub::close);
    reserved.forEach(platform.addresses()::release);
  }

  /**
   * A change that the host has agreed to.
   *
   * @param next the whole new configuration
   * @param departing routers that leave, for good or to begin anew
   * @param updated routers whose settings change in place
   * @param arriving new ones, which take part in nothing yet
   * @param groups the sync groups from then on
   */
  record Plan(
      HavipConfig next,
      List<Router> departing,
      List<Router> updated,
      List<Router> arriving,
      List<Group> groups) {}

  /**
   * Tries everything that the host may refuse.
   *
   * @throws io.havip.HavipException if it does; nothing is left of the attempt
   */
  Plan plan(HavipConfig next, Reconfiguration changes) {
    List<IpAddress> alreadyReserved = List.copyOf(reserved);
    List<HubKey> alreadyOpen = List.copyOf(hubs.keySet());
    List<Router> departing = new ArrayList<>();
    List<Router> updated = new ArrayList<>();
    List<Router> arriving = new ArrayList<>();
    List<Group> nextGroups = next.syncGroups().stream().map(g -> group(g, changes)).toList();
    try {
      for (Change change : changes.changes()) {
        switch (change) {
          case Change.Added added -> arriving.add(admit(config(next, added.router()), nextGroups));
          case Change.Restarted restarted -> {
            departing.add(router(restarted.router()));
            arriving.add(admit(config(next, restarted.router()), nextGroups));
          }
          case Change.Updated update -> {
            admitUpdate(config(next, update.router()));
            updated.add(router(update.router()));
          }
          case Change.Removed removed -> departing.add(router(removed.router()));
          case Change.Unchanged unchanged -> {}
        }
      }
    } catch (RuntimeException e) {
      giveBack(a -> !alreadyReserved.contains(a));
      closeHubs(key -> !alreadyOpen.contains(key));
      throw e;
    }
    return new Plan(next, departing, updated, arriving, nextGroups);
  }

  /** A group whose routers all stay goes on; any other begins anew with all its routers. */
  private Group group(SyncGroup config, Reconfiguration changes) {
    return groups.stream()
        .filter(g -> ConfigDiff.alike(g.config(), config))
        .filter(g ->
            changes.changes().stream()
                .filter(c -> config.routers().contains(c.router()))
                .allMatch(c -> c instanceof Change.Unchanged || c instanceof Change.Updated))
        .findFirst()
        .orElseGet(() -> new Group(config, events));
  }

  private Router admit(VirtualRouterConfig router, List<Group> nextGroups) {
    checkInterface(router);
    checkFence(router);
    Acceptance.require(platform.addresses(), router);
    reserve(router);
    HubKey key = HubKey.of(router);
    boolean isNew = !hubs.containsKey(key);
    AdvertHub hub = hubs.computeIfAbsent(key, this::newHub);
    Router arriving = newRouter(router, hub, nextGroups);
    arriving.checkLeftovers(router.allAddresses());
    joinMulticast(router, hub);
    if (isNew) {
      hub.open();
    }
    return arriving;
  }

  private void admitUpdate(VirtualRouterConfig next) {
    checkFence(next);
    Router running = router(next.name());
    List<VirtualAddress> added = new ArrayList<>(next.allAddresses());
    added.removeAll(running.config().allAddresses());
    running.checkLeftovers(added);
    Acceptance.require(platform.addresses(), next);
    reserve(next);
    joinMulticast(next, hub(next));
  }

  private static void joinMulticast(VirtualRouterConfig router, AdvertHub hub) {
    IpAddress group = Router.group(router);
    if (group != null) {
      hub.join(group);
    }
  }

  /**
   * Carries a plan out once its departing routers have stopped. Nothing can be refused any more,
   * but for an address that the kernel does not take.
   */
  void change(Plan plan) {
    plan.departing().forEach(r -> hub(r.config()).unregister(r));
    routers.removeAll(plan.departing());
    List<Group> newGroups = new ArrayList<>(plan.groups());
    newGroups.removeAll(groups);
    groups.clear();
    groups.addAll(plan.groups());
    plan.next()
        .syncGroups()
        .forEach(next ->
            groups.stream()
                .filter(g -> g.config().name().equals(next.name()))
                .forEach(g -> g.reconfigure(next)));
    dependencies.unsettle(plan.next());
    plan.updated().forEach(r -> r.release(config(plan.next(), r.config().name())));
    routers.forEach(dependencies::reconnect);
    plan.arriving().forEach(this::join);
    plan.arriving().forEach(dependencies::connect);
    closeHubs(key -> !Objects.requireNonNull(hubs.get(key)).needed());
    hubs.forEach((key, hub) -> dependencies.link(key.interfaceName()).add(hub));
    dependencies.settle();
    plan.updated().forEach(Router::acquire);
    plan.arriving().forEach(this::prepare);
    List<String> order = plan.next().routers().stream().map(VirtualRouterConfig::name).toList();
    routers.sort(Comparator.comparingInt(r -> order.indexOf(r.config().name())));
    if (started) {
      newGroups.forEach(Group::start);
      start(plan.arriving());
    }
    List<IpAddress> wanted =
        plan.next().routers().stream()
            .flatMap(r -> r.allAddresses().stream().map(VirtualAddress::address))
            .toList();
    giveBack(a -> !wanted.contains(a));
  }

  /** A router that the kernel denies its virtual interface after all is in FAULT; others go on. */
  private void prepare(Router arriving) {
    try {
      arriving.clearLeftovers();
    } catch (HavipException e) {
      events.publish(
          new HavipEvent.OperationFailed(
              events.now(),
              arriving.config().name(),
              new Outcome.Failed("prepare the host", String.valueOf(e.getMessage()), "")));
    }
  }

  private Router newRouter(VirtualRouterConfig config, AdvertHub hub, List<Group> among) {
    @Nullable Group group =
        among.stream().filter(g -> concerns(g, config)).findFirst().orElse(null);
    Router router = new Router(config, platform, events, dependencies, hub, group);
    if (group != null) {
      group.add(router);
    }
    return router;
  }

  private static boolean concerns(Group group, VirtualRouterConfig router) {
    return group.config().routers().contains(router.name());
  }

  private void join(Router router) {
    hub(router.config()).register(router, router.group());
    routers.add(router);
  }

  private static VirtualRouterConfig config(HavipConfig all, String name) {
    return all.routers().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  private Router router(String name) {
    return routers.stream().filter(r -> r.config().name().equals(name)).findFirst().orElseThrow();
  }

  private AdvertHub hub(VirtualRouterConfig router) {
    return Objects.requireNonNull(hubs.get(HubKey.of(router)));
  }

  private AdvertHub newHub(HubKey key) {
    var tracker = dependencies.link(key.interfaceName());
    AdvertHub hub = new AdvertHub(key.interfaceName(), key.family(), platform, tracker, events);
    tracker.add(hub);
    return hub;
  }

  private void closeHubs(Predicate<HubKey> which) {
    List<HubKey> keys = hubs.keySet().stream().filter(which).toList();
    keys.forEach(key -> Objects.requireNonNull(hubs.remove(key)).close());
  }

  private void checkInterface(VirtualRouterConfig router) {
    Link link = platform.links().find(router.interfaceName()).orElse(null);
    if (link == null && !router.awaitInterface()) {
      throw new HavipConfigException(
          "virtual router \"%s\": this host has no interface \"%s\"; correct the name, or have the"
                  .formatted(router.name(), router.interfaceName())
              + " router wait for it with awaitInterface (dynamic_interfaces in keepalived.conf)");
    }
    if (link != null && link.loopback()) {
      throw new HavipConfigException(
          "virtual router \"%s\": %s is a loopback interface, which reaches no other member"
              .formatted(router.name(), router.interfaceName()));
    }
  }

  private void checkFence(VirtualRouterConfig router) {
    platform
        .fencing()
        .objection(Fences.planned(router))
        .ifPresent(why -> {
          throw Required.refusal(router, why);
        });
  }

  /** Reserves what is not reserved already. */
  private void reserve(VirtualRouterConfig router) {
    for (VirtualAddress address : router.allAddresses()) {
      if (reserved.contains(address.address())) {
        continue;
      }
      Required.done(router, platform.addresses().reserve(address.address()));
      reserved.add(address.address());
    }
  }

  private void giveBack(Predicate<IpAddress> which) {
    reserved.stream().filter(which).forEach(platform.addresses()::release);
    reserved.removeIf(which);
  }

  private record HubKey(String interfaceName, IpFamily family) {

    static HubKey of(VirtualRouterConfig router) {
      return new HubKey(router.interfaceName(), router.family());
    }
  }
}

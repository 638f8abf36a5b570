package io.havip.core.node;

import io.havip.HavipConfig;
import io.havip.HealthCheckConfig;
import io.havip.Track;
import io.havip.ValueFile;
import io.havip.VirtualRouterConfig;
import io.havip.core.tracking.CheckState;
import io.havip.core.tracking.CheckState.Health;
import io.havip.core.tracking.FileState;
import io.havip.core.tracking.Fitness;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import io.havip.spi.Platform;
import io.havip.spi.cloud.CloudBinding;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the routers of a node share: interfaces, health checks and value files, each followed once,
 * and the pace at which each interface is spoken on.
 */
final class Dependencies {

  private final Platform platform;
  private final Events events;
  private final Punctuality punctuality;
  private final Map<String, LinkTracker> links = new LinkedHashMap<>();
  private final Map<String, Pacer> pacers = new LinkedHashMap<>();
  private final Map<HealthCheckConfig, CheckRunner> checks = new LinkedHashMap<>();
  private final Map<ValueFile, FileFollower> files = new LinkedHashMap<>();
  private final IdentityHashMap<CloudBinding, CloudGate> gates = new IdentityHashMap<>();

  /** An advert must never carry a virtual address as its source: it moves away with the role. */
  private final Set<IpAddress> virtual = new HashSet<>();

  /** Going up and down with the role is no news. */
  private final Set<String> virtualInterfaces = new HashSet<>();

  private @Nullable DressRehearsal dressRehearsal;

  Dependencies(Platform platform, Events events, HavipConfig config) {
    this.platform = platform;
    this.events = events;
    punctuality = new Punctuality(config, platform, events);
    noteAddresses(config.routers());
  }

  private void noteAddresses(List<VirtualRouterConfig> routers) {
    virtual.clear();
    for (VirtualRouterConfig router : routers) {
      router.virtualInterface().ifPresent(virtualInterfaces::add);
      if (!router.owner()) {
        router.allAddresses().forEach(a -> virtual.add(a.address()));
      }
    }
  }

  /** Whether an address belongs to a router of this node, and so is not the host's own. */
  boolean isVirtual(IpAddress address) {
    return virtual.contains(address);
  }

  /** Forgets who depends on what; everybody connects again before {@link #settle}. */
  void unsettle(HavipConfig next) {
    noteAddresses(next.routers());
    punctuality.reconfigure(next);
    links.values().forEach(LinkTracker::forgetDependents);
    checks.values().forEach(CheckRunner::forgetDependents);
    files.values().forEach(FileFollower::forgetDependents);
  }

  /** Starts the checks that came, and ends what nobody depends on any more. */
  void settle() {
    links.values().stream().filter(t -> !t.needed()).forEach(LinkTracker::close);
    links.values().removeIf(t -> !t.needed());
    checks.values().stream().filter(c -> !c.needed()).forEach(CheckRunner::stop);
    checks.values().removeIf(c -> !c.needed());
    files.values().stream().filter(f -> !f.needed()).forEach(FileFollower::stop);
    files.values().removeIf(f -> !f.needed());
    start();
  }

  /** From now on routers have a takeover rehearsed before it is due. */
  void rehearseBy(DressRehearsal dress) {
    dressRehearsal = dress;
  }

  /** What is played before a takeover, or null in virtual time. */
  @Nullable DressRehearsal dressRehearsal() {
    return dressRehearsal;
  }

  /** How late the loop is. */
  Punctuality punctuality() {
    return punctuality;
  }

  LinkTracker link(String name) {
    return links.computeIfAbsent(
        name,
        n ->
            new LinkTracker(
                n, platform, events, !virtualInterfaces.contains(n), virtual::contains));
  }

  /** What spaces the announcements on an interface. */
  Pacer pacer(String interfaceName) {
    return pacers.computeIfAbsent(interfaceName, n -> new Pacer(platform.timers()));
  }

  /** What all routers that share a binding must pass, for they share its rate. */
  CloudGate gate(CloudBinding binding) {
    return gates.computeIfAbsent(
        binding, b -> new CloudGate(b.capabilities().callsPerSecond(), platform.timers()));
  }

  /** Makes a router hear of everything it depends on. */
  void connect(Router router) {
    connect(router, CheckState::initial, file -> FileState.initial());
  }

  /**
   * Makes a running router hear of everything it depends on. A check under the name of an old one
   * goes on from its result.
   */
  void reconnect(Router router) {
    connect(router, this::successor, this::successor);
  }

  private CheckState successor(HealthCheckConfig check) {
    return checks.entrySet().stream()
        .filter(e -> e.getKey().name().equals(check.name()))
        .map(e -> e.getValue().state())
        .findFirst()
        .orElse(CheckState.trusted());
  }

  private FileState successor(ValueFile file) {
    return files.entrySet().stream()
        .filter(e -> e.getKey().path().equals(file.path()))
        .map(e -> e.getValue().state())
        .findFirst()
        .orElse(FileState.trusted());
  }

  private void connect(
      Router router,
      Function<HealthCheckConfig, CheckState> checkState,
      Function<ValueFile, FileState> fileState) {
    VirtualRouterConfig config = router.config();
    Set<String> interfaces = new HashSet<>();
    interfaces.add(config.interfaceName());
    for (VirtualAddress address : config.allAddresses()) {
      interfaces.add(config.interfaceOf(address));
    }
    for (Track track : router.tracks()) {
      switch (track) {
        case Track.Interface tracked -> interfaces.add(tracked.interfaceName());
        case Track.Check tracked ->
            checks
                .computeIfAbsent(
                    tracked.check(), c -> new CheckRunner(c, checkState.apply(c), platform, events))
                .add(router::dependenciesChanged);
        case Track.File tracked ->
            files
                .computeIfAbsent(
                    tracked.file(), f -> new FileFollower(f, fileState.apply(f), platform, events))
                .add(router::dependenciesChanged);
      }
    }
    interfaces.stream().sorted().forEach(name -> link(name).add(router));
  }

  void start() {
    checks.values().forEach(CheckRunner::start);
    files.values().forEach(FileFollower::start);
  }

  void stop() {
    punctuality.stop();
    checks.values().forEach(CheckRunner::stop);
    files.values().forEach(FileFollower::stop);
    links.values().forEach(LinkTracker::close);
    gates.values().forEach(CloudGate::stop);
  }

  /** A dependency and how it is now. */
  Fitness.Part part(Track track) {
    return switch (track) {
      case Track.Interface tracked ->
          new Fitness.Dependency(tracked, link(tracked.interfaceName()).health());
      case Track.Check tracked -> {
        CheckRunner runner = checks.get(tracked.check());
        yield new Fitness.Dependency(tracked, runner == null ? Health.UNKNOWN : runner.health());
      }
      case Track.File tracked -> {
        FileFollower follower = files.get(tracked.file());
        yield new Fitness.Valued(
            tracked, follower == null ? FileState.initial() : follower.state());
      }
    };
  }

  /** What is wrong with the router's own interface, if it is to be tracked. */
  Optional<String> interfaceFault(VirtualRouterConfig config) {
    LinkTracker tracker = link(config.interfaceName());
    boolean usable =
        config.trackOwnInterface() ? tracker.health() == Health.WELL : tracker.link().isPresent();
    return usable ? Optional.empty() : Optional.of(tracker.condition());
  }

  /**
   * The address that own adverts come from: the configured one if the interface has it, else its
   * first suitable one.
   */
  Optional<IpAddress> source(VirtualRouterConfig config) {
    Optional<Link> link = link(config.interfaceName()).link();
    IpAddress configured = config.transport().source();
    if (configured != null) {
      return link.filter(l -> l.has(configured)).map(l -> configured);
    }
    return link.flatMap(l -> firstSource(l, config.family()));
  }

  /** Why {@link #source} is empty. */
  String sourceFault(VirtualRouterConfig config) {
    IpAddress configured = config.transport().source();
    String what =
        configured != null
            ? "the source address " + configured
            : config.family() == IpFamily.IPV4 ? "an IPv4 address" : "a link-local IPv6 address";
    return "interface " + config.interfaceName() + " does not have " + what;
  }

  private Optional<IpAddress> firstSource(Link link, IpFamily family) {
    return link.sources(family).filter(a -> !virtual.contains(a)).findFirst();
  }
}

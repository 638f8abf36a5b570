package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.Track;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.core.election.ElectionConfig;
import io.havip.core.election.ElectionState;
import io.havip.core.election.Input;
import io.havip.core.election.ReceiveRules;
import io.havip.core.election.SyncRules;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpParse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One virtual router: turns what happens into inputs of its election, and knows when it begins and
 * ends.
 */
final class Router implements LinkTracker.Dependent, Acts.Owner {

  private VirtualRouterConfig config;
  private final Platform platform;
  private final Events events;
  private final Dependencies dependencies;
  private final AdvertHub hub;
  private final @Nullable Group group;
  private final Holding holding;
  private final Fences fences;
  private final CloudLink cloud;
  private Doubts doubts;
  private final Reception reception;
  private final Acts acts;
  private final ElectionRun run;
  private final RouterCounters counters = new RouterCounters();
  private final ApplicationCalls application;
  private final Leaving leaving;
  private final Slowdown slowdown;
  private final RouterMonitor monitor;

  private Assessment assessment;

  /** Whether the election knows of the present faults. */
  private boolean faultTold;

  private @Nullable Runnable whenStopped;

  Router(
      VirtualRouterConfig config,
      Platform platform,
      Events events,
      Dependencies dependencies,
      AdvertHub hub,
      @Nullable Group group) {
    this.group = group;
    this.config = config;
    this.platform = platform;
    this.events = events;
    this.dependencies = dependencies;
    this.hub = hub;
    holding =
        new Holding(
            config,
            platform,
            events,
            dependencies,
            counters,
            this::dependenciesChanged,
            this::refused);
    fences = new Fences(platform, () -> input(new Input.Fenced()));
    cloud =
        new CloudLink(
            config, platform, events, dependencies, holding::announce, this::dependenciesChanged);
    doubts = new Doubts(config, events);
    reception = new Reception(config, events);
    assessment = Assessment.none(config.priority());
    application = new ApplicationCalls(config.name(), platform, events);
    leaving = new Leaving(application, platform, this::leave);
    slowdown = new Slowdown(platform, this::slowDown);
    monitor = new RouterMonitor(config, group != null, platform, events, counters);
    AdvertSender sender = new AdvertSender(config, hub, holding);
    Acts.Tools tools =
        new Acts.Tools(platform, events, holding, fences, cloud, application, counters, monitor);
    acts = new Acts(this, config, sender, tools, group != null);
    IpAddress unknown = Addresses.unspecified(config.family());
    ElectionConfig election = ElectionConfig.of(config, unknown, group != null);
    DressRehearsal dress = dependencies.dressRehearsal();
    run =
        new ElectionRun(
            platform,
            election,
            config.priority(),
            acts,
            this::due,
            dress == null ? null : dress.new Call());
  }

  VirtualRouterConfig config() {
    return config;
  }

  /** The group to join, or null in unicast. */
  @Nullable IpAddress group() {
    return group(config);
  }

  /** The group that a router of this configuration joins, or null in unicast. */
  static @Nullable IpAddress group(VirtualRouterConfig config) {
    return config.transport() instanceof Transport.Multicast multicast
        ? ReceiveRules.group(multicast, config.family())
        : null;
  }

  /**
   * Takes off what a dead process left behind, also before a start delay.
   *
   * @throws io.havip.HavipConfigException if an address is the host's own
   */
  void clearLeftovers() {
    holding.openVirtual();
    holding.clearLeftovers();
  }

  /**
   * Only looks whether the host can give the router these addresses.
   *
   * @throws io.havip.HavipConfigException if one is the host's own
   */
  void checkLeftovers(List<VirtualAddress> candidates) {
    holding.checkLeftovers(candidates);
  }

  /**
   * The first half of a change in place: gives up what is not configured any more.
   *
   * @param next the same group with other settings
   */
  void release(VirtualRouterConfig next) {
    slowdown.begin(config, next);
    holding.release(next);
    config = next;
    monitor.reconfigure(next);
    acts.reconfigure(next, new AdvertSender(next, hub, holding));
    doubts = new Doubts(next, events);
    reception.reconfigure(next);
    hub.addressesChanged(this);
  }

  /** The second half: takes what is new, and tells the election of the change. */
  void acquire() {
    ElectionConfig before = run.config();
    holding.acquire(run.state().holding());
    inGroup(() -> {
      int priorityBefore = assessment.priority();
      assess();
      if (!run.in(RouterState.INITIALIZE)) {
        input(new Input.ConfigChanged(before));
        tellFitness(priorityBefore, "the configuration");
      }
    });
  }

  void start() {
    monitor.start();
    events.follow(config.name(), monitor::accept);
    doubts.atStart(dependencies.link(config.interfaceName()).link().isPresent());
    assess();
    input(new Input.PriorityChanged(assessment.priority()));
    String fault = assessment.fault();
    faultTold = fault != null;
    input(new Input.Startup(fault));
    cloud.start();
  }

  /**
   * Leaves the group, after the application's demotion if it wants one.
   *
   * @param then called once the addresses are given up
   */
  void stop(Runnable then) {
    whenStopped = then;
    if (mayHandOver()) {
      config.handover().ifPresent(h -> leaving.begin(h, new Input.Shutdown()));
    } else {
      input(new Input.Shutdown());
    }
  }

  /** The calls into the application. */
  ApplicationCalls application() {
    return application;
  }

  private boolean mayHandOver() {
    return config.handover().isPresent() && run.state().holding();
  }

  /** The application has been demoted, or need not or cannot be any more. */
  private void leave(Input why) {
    boolean fault = why instanceof Input.FaultRaised;
    faultTold |= fault;
    input(why);
    if (fault) {
      tellFaults(); // it may have been cleared meanwhile
      if (group != null) {
        group.faultsChanged(this);
      }
    }
  }

  private void stopped() {
    Runnable then = whenStopped;
    if (then != null && run.in(RouterState.INITIALIZE)) {
      whenStopped = null;
      run.stop();
      monitor.stop();
      events.unfollow(config.name());
      slowdown.stop();
      fences.close();
      holding.stop();
      cloud.stop();
      application.shut();
      then.run();
    }
  }

  /** Whether the addresses are here. */
  boolean holding() {
    return run.state().holding();
  }

  long advertsSent() {
    return counters.advertsSent;
  }

  /** What becomes of packets for this router. */
  Reception reception() {
    return reception;
  }

  void received(VrrpParse.Accepted parsed, ReceivedAdvert message) {
    acts.tell();
    boolean listening = run.in(RouterState.BACKUP) || run.in(RouterState.ACTIVE);
    Input.AdvertReceived advert =
        reception.judge(parsed, message, listening, run.config().ownAddress());
    if (advert != null) {
      counters.advertsAccepted++;
      if (advert.priority() == VrrpAdvert.PRIORITY_RESIGN) {
        counters.resignationsAccepted++;
      }
      monitor.heard(message, parsed.advert());
      input(advert);
    }
  }

  @Override
  public void linkChanged() {
    if (run.in(RouterState.ACTIVE)) {
      holding.raiseVirtual();
    }
    monitor.linkChanged();
    dependenciesChanged();
  }

  @Override
  public Stream<IpAddress> virtualAddresses() {
    return config.allAddresses().stream().map(VirtualAddress::address);
  }

  @Override
  public void virtualChanged() {
    monitor.linkChanged();
  }

  @Override
  public void reconnected() {
    input(new Input.Reconnected());
  }

  @Override
  public void addressLost(String interfaceName, VirtualAddress address) {
    input(new Input.AddressLost()); // who wakes late must not put back what the fence took off
    if (run.state().holding()) {
      holding.restore(interfaceName, address);
    }
  }

  /** What the router depends on, by itself and with its group. */
  List<Track> tracks() {
    return group == null ? config.tracks() : group.tracks(config);
  }

  /**
   * What holds this router in FAULT, apart from its group. Nothing does while the application is
   * being demoted.
   */
  List<String> ownFaults() {
    return leaving.begun() ? List.of() : assessment.ownFaults();
  }

  /** The router as its group sees it. */
  SyncRules.Member member() {
    return new SyncRules.Member(
        config.name(), run.state().state(), run.state().ready(), acts.cause());
  }

  /** Something this router depends on changed: its fitness may have changed with it. */
  void dependenciesChanged() {
    inGroup(this::reassess);
  }

  /** The group is judged when the change is complete. */
  private void inGroup(Runnable change) {
    if (group == null) {
      change.run();
      return;
    }
    group.begin();
    try {
      List<String> before = ownFaults();
      change.run();
      if (!before.equals(ownFaults())) {
        group.faultsChanged(this);
      }
    } finally {
      group.end(this);
    }
  }

  private void reassess() {
    int priorityBefore = assessment.priority();
    assess();
    if (!run.in(RouterState.INITIALIZE)) {
      tellFitness(priorityBefore, "the health of its dependencies");
    }
  }

  private void tellFitness(int priorityBefore, String reason) {
    if (assessment.priority() != priorityBefore) {
      input(new Input.PriorityChanged(assessment.priority()));
      events.publish(
          new HavipEvent.PriorityChanged(
              events.now(), config.name(), priorityBefore, assessment.priority(), reason));
    }
    tellFaults();
  }

  private void tellFaults() {
    String fault = assessment.fault();
    if (leaving.begun()) {
      if (assessment.severed()) {
        leaving.end();
      }
    } else if (fault == null && faultTold) {
      faultTold = false;
      input(new Input.FaultCleared());
    } else if (fault != null && !faultTold) {
      raise(new Input.FaultRaised(fault));
    }
  }

  private void raise(Input.FaultRaised fault) {
    if (!assessment.severed() && mayHandOver()) {
      config.handover().ifPresent(h -> leaving.begin(h, fault));
    } else {
      faultTold = true;
      input(fault);
    }
  }

  /** Looks at everything the router depends on. */
  void assess() {
    dependencies.link(config.interfaceName()).link().ifPresent(doubts::look);
    List<String> others = Stream.concat(hub.fault().stream(), holding.fault().stream()).toList();
    Assessment own = Assessment.of(config, tracks(), dependencies, others).and(cloud.fault());
    own.source()
        .ifPresent(a -> run.config(slowdown.held(ElectionConfig.of(config, a, group != null))));
    ElectionConfig election = run.config();
    fences.guard(config, holding, acts.sender(), election.ownAddress(), election.peersPatience());
    assessment = own; // the group looks at it
    if (group != null) {
      assessment = own.with(group.faultsOfOthers(this));
    }
  }

  private void refused(Outcome.Failed failure) {
    monitor.refused(failure);
  }

  /** The peers know the longer interval by now. */
  private void slowDown() {
    ElectionConfig before = run.config();
    assess();
    input(new Input.ConfigChanged(before));
  }

  private void due(long then, long now) {
    monitor.ran(then, now, "a timer");
    dependencies.punctuality().served(then, now);
  }

  /** Tells the election something; it has acted on it when this returns, unless it is acting. */
  @Override
  public void input(Input input) {
    run.input(input);
  }

  @Override
  public void begins() {
    if (group != null) {
      group.begin();
    }
  }

  @Override
  public void ends() {
    if (group != null) {
      group.end(this);
    }
    stopped();
  }

  @Override
  public void contested() {
    if (group != null) {
      group.contested(this);
    }
  }

  @Override
  public void left() {
    leaving.end();
  }

  RouterSnapshot snapshot() {
    boolean owner = config.owner();
    ElectionState state = run.state();
    ElectionConfig election = run.config();
    return new RouterSnapshot(
        config.name(),
        config.interfaceName(),
        config.vrid(),
        config.allAddresses().stream().map(VirtualAddress::address).toList(),
        state.state(),
        acts.since(),
        acts.cause(),
        state.priority(),
        config.priority(),
        tracks().stream().map(t -> dependencies.part(t).explain(owner)).toList(),
        Optional.ofNullable(state.active()),
        Duration.ofNanos(election.activeDownInterval(state.priority(), state.activeInterval())),
        Countdown.of(state, platform.timers().now()),
        state.holding(),
        fences.inForce(),
        assessment.faults(),
        counters.snapshot(),
        reception.refusals(),
        reception.peers(),
        cloud.snapshot(),
        monitor.violations());
  }
}

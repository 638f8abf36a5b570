package io.havip.core.node;

import io.havip.Cause;
import io.havip.HavipEvent;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.Track;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.core.election.Action;
import io.havip.core.election.Election;
import io.havip.core.election.ElectionConfig;
import io.havip.core.election.ElectionState;
import io.havip.core.election.Input;
import io.havip.core.election.ReceiveRules;
import io.havip.core.election.Step;
import io.havip.core.election.SyncRules;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.Timers;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpParse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Drives the election of one virtual router: turns what happens into inputs, and performs the
 * actions.
 */
final class Router implements LinkTracker.Dependent {

  private static final Input TIMER_DUE = new Input.TimerDue();

  private static final long MAX_SLACK = 1_000_000L;

  private VirtualRouterConfig config;
  private final Platform platform;
  private final Events events;
  private final Dependencies dependencies;
  private final AdvertHub hub;
  private final @Nullable Group group;
  private final Holding holding;
  private final Fences fences;
  private final CloudLink cloud;
  private AdvertSender sender;
  private Doubts doubts;
  private final Reception reception;
  private final Timers.Deadline deadline;
  private final Queue<Input> inputs = new ArrayDeque<>();
  private final RouterCounters counters = new RouterCounters();
  private final ApplicationCalls application;
  private final Leaving leaving;
  private final Slowdown slowdown;
  private final RouterMonitor monitor;

  private ElectionConfig election;
  private ElectionState state;
  private Assessment assessment;
  private long armedAt = ElectionState.NEVER;
  private boolean stepping;

  /** For how long the host had slept when it was last looked. */
  private long slept;

  /** Whether its events are kept back. */
  private boolean silent;

  /** Whether the election knows of the present faults. */
  private boolean faultTold;

  private @Nullable Runnable whenStopped;
  private Instant since;
  private Cause cause = new Cause.Stopped();

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
        new Holding(config, platform, events, dependencies, counters, this::dependenciesChanged);
    fences = new Fences(platform, () -> input(new Input.Fenced()));
    cloud =
        new CloudLink(
            config, platform, events, dependencies, holding::announce, this::dependenciesChanged);
    sender = new AdvertSender(config, hub, holding);
    doubts = new Doubts(config, events);
    reception = new Reception(config, events);
    deadline = platform.timers().newDeadline(this::due);
    slept = platform.timers().slept();
    assessment = Assessment.none(config.priority());
    election = ElectionConfig.of(config, Addresses.unspecified(config.family()), group != null);
    state = ElectionState.initialize(config.priority());
    since = platform.timers().wallTime();
    application = new ApplicationCalls(config.name(), platform, events);
    leaving = new Leaving(application, platform, this::leave);
    slowdown = new Slowdown(platform, this::slowDown);
    monitor = new RouterMonitor(config, group != null, platform, events, counters);
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
    sender = new AdvertSender(next, hub, holding);
    doubts = new Doubts(next, events);
    reception.reconfigure(next);
    hub.addressesChanged(this);
  }

  /** The second half: takes what is new, and tells the election of the change. */
  void acquire() {
    ElectionConfig before = election;
    holding.acquire(state.holding());
    inGroup(() -> {
      int priorityBefore = assessment.priority();
      assess();
      if (state.state() != RouterState.INITIALIZE) {
        input(new Input.ConfigChanged(before));
        tellFitness(priorityBefore, "the configuration");
      }
    });
  }

  void start() {
    events.follow(config.name(), monitor::accept);
    doubts.atStart();
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
    return config.handover().isPresent() && state.holding();
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
    if (then != null && state.state() == RouterState.INITIALIZE) {
      whenStopped = null;
      deadline.disarm();
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
    return state.holding();
  }

  long advertsSent() {
    return counters.advertsSent;
  }

  /** What becomes of packets for this router. */
  Reception reception() {
    return reception;
  }

  void received(VrrpParse.Accepted parsed, ReceivedAdvert message) {
    tell();
    boolean listening = state.state() == RouterState.BACKUP || state.state() == RouterState.ACTIVE;
    Input.AdvertReceived advert =
        reception.judge(parsed, message, listening, election.ownAddress());
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
    if (state.state() == RouterState.ACTIVE) {
      holding.raiseVirtual();
    }
    monitor.linkChanged();
    dependenciesChanged();
  }

  @Override
  public void virtualChanged(Set<IpAddress> addresses) {
    if (config.allAddresses().stream().anyMatch(a -> addresses.contains(a.address()))) {
      monitor.linkChanged();
    }
  }

  @Override
  public void reconnected() {
    input(new Input.Reconnected());
  }

  @Override
  public void addressLost(String interfaceName, VirtualAddress address) {
    input(new Input.AddressLost()); // who wakes late must not put back what the fence took off
    if (state.holding()) {
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
    return new SyncRules.Member(config.name(), state.state(), state.ready(), cause);
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
    if (state.state() != RouterState.INITIALIZE) {
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
        .ifPresent(a -> election = slowdown.held(ElectionConfig.of(config, a, group != null)));
    fences.guard(config, holding, sender, election.ownAddress(), election.peersPatience());
    assessment = own; // the group looks at it
    if (group != null) {
      assessment = own.with(group.faultsOfOthers(this));
    }
  }

  /** The peers know the longer interval by now. */
  private void slowDown() {
    ElectionConfig before = election;
    assess();
    input(new Input.ConfigChanged(before));
  }

  private void due() {
    long now = platform.timers().now();
    monitor.ran(armedAt, now, "a timer");
    dependencies.punctuality().served(armedAt, now);
    armedAt = ElectionState.NEVER;
    input(TIMER_DUE);
  }

  /**
   * Steps the election. An action may cause another input, which waits until the actions of this
   * step are done.
   */
  void input(Input input) {
    noticeSleep();
    inputs.add(input);
    if (stepping) {
      return;
    }
    tell();
    stepping = true;
    if (group != null) {
      group.begin();
    }
    try {
      for (Input next = inputs.poll(); next != null; next = inputs.poll()) {
        Step step = Election.step(election, state, next, platform.timers().now());
        boolean wasActive = state.state() == RouterState.ACTIVE;
        state = step.state();
        boolean isActive = state.state() == RouterState.ACTIVE;
        Flight.Takeover takeover = null;
        if (isActive && !wasActive) {
          tellLater();
          takeover = events.flight().takeover();
          holding.raiseVirtual();
        }
        long announced = counters.announcementsSent;
        for (int i = 0; i < step.actions().size(); i++) {
          attempt(step.actions().get(i));
        }
        if (takeover != null) {
          events
              .flight()
              .end(takeover, config.name(), cause, counters.announcementsSent - announced);
        }
        if (wasActive && !isActive) {
          fences.shut();
          holding.lowerVirtual();
        }
      }
    } finally {
      stepping = false;
      arm();
      if (group != null) {
        group.end(this);
      }
    }
    stopped();
  }

  private void noticeSleep() {
    long total = platform.timers().slept();
    if (total > slept) {
      inputs.add(new Input.Slept(total - slept));
      slept = total;
    }
  }

  /** A group tells of itself after its routers. */
  private void tellLater() {
    if (group == null && !silent) {
      silent = true;
      events.hold(config.name());
      platform.execute(this::tell);
    }
  }

  /** Before anything else happens to this router, or when the loop has nothing more urgent. */
  private void tell() {
    if (silent) {
      silent = false;
      events.release(config.name());
    }
  }

  /** A platform that throws where it should return a failure must not stop the election. */
  private void attempt(Action action) {
    try {
      perform(action);
    } catch (RuntimeException e) {
      events.publish(
          new HavipEvent.OperationFailed(
              events.now(),
              config.name(),
              new Outcome.Failed(action.getClass().getSimpleName(), e.toString(), "")));
    }
  }

  private void arm() {
    long at = state.nextDeadline();
    if (at == armedAt) {
      return;
    }
    armedAt = at;
    if (at == ElectionState.NEVER) {
      deadline.disarm();
    } else {
      deadline.arm(at, at == state.advertAt() ? advertSlack() : 0);
    }
  }

  /**
   * Adverts that are due within a moment leave together: as late as the least patient peer, whose
   * skew is 2/256 of the interval, still bears when all its other patience was spent on lost
   * adverts. Nothing else may be late at all.
   */
  private long advertSlack() {
    return Math.min(MAX_SLACK, election.intervalNanos() / 128);
  }

  private void perform(Action action) {
    switch (action) {
      case Action.SendAdvert send -> sendAdvert(send.priority());
      case Action.Probe probe ->
          holding.probe(probe.until(), answered -> input(new Input.Probed(answered)));
      case Action.Bind bind -> {
        application.serving();
        holding.bind();
        cloud.want(holding.fault().isEmpty());
      }
      case Action.Unbind unbind -> {
        fences.shut();
        holding.unbind();
        cloud.want(false);
      }
      case Action.Announce announce -> holding.announce(announce.repeat());
      case Action.Prepare prepare ->
          config
              .takeover()
              .ifPresent(
                  t -> application.prepare(t, failure -> input(new Input.Prepared(failure))));
      case Action.CancelPrepare cancel -> application.cancelPrepare();
      case Action.ReportState report -> report(report);
      case Action.ReportLowerPriority lower -> {
        counters.lowerPriorityHeard++;
        events.publish(
            new HavipEvent.LowerPriorityHeard(
                events.now(), config.name(), lower.peer(), lower.priority()));
        if (group != null) {
          group.contested(this);
        }
      }
    }
  }

  private void sendAdvert(int priority) {
    monitor.sent(priority);
    int sent = sender.send(priority, election.ownAddress());
    counters.advertsSent += sent;
    if (priority == VrrpAdvert.PRIORITY_RESIGN) {
      counters.resignationsSent += sent;
    }
    fences.sent(priority);
  }

  private void report(Action.ReportState report) {
    HavipEvent.At now = events.now();
    since = now.wall();
    cause = report.cause();
    if (report.to() == RouterState.ACTIVE) {
      counters.becameActive++;
    } else if (report.from() == RouterState.ACTIVE) {
      counters.leftActive++;
    }
    events.flight().transition(config.name(), report.from(), report.to(), cause, state.priority());
    events.publish(
        new HavipEvent.StateChanged(
            now, config.name(), report.from(), report.to(), report.cause(), state.priority()));
    if (report.from() == RouterState.ACTIVE) {
      config.handover().ifPresent(application::left);
      leaving.end();
    }
  }

  RouterSnapshot snapshot() {
    boolean owner = config.owner();
    return new RouterSnapshot(
        config.name(),
        config.interfaceName(),
        config.vrid(),
        config.allAddresses().stream().map(VirtualAddress::address).toList(),
        state.state(),
        since,
        cause,
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

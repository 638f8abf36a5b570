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
import io.havip.core.tracking.Fitness;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.Timers;
import io.havip.wire.ChecksumForm;
import io.havip.wire.Refusal;
import io.havip.wire.RefusalReason;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpParse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drives the election of one virtual router: turns what happens into inputs, and performs the
 * actions.
 */
final class Router implements LinkTracker.Dependent {

  private final VirtualRouterConfig config;
  private final Platform platform;
  private final Events events;
  private final Dependencies dependencies;
  private final AdvertHub hub;
  private final Holding holding;
  private final ReceiveRules rules;
  private final AdvertSender sender;
  private final Doubts doubts;
  private final RefusalLedger refusals;
  private final PeerLedger peers;
  private final Set<ChecksumForm> acceptedForms;
  private final Timers.Deadline deadline;
  private final Queue<Input> inputs = new ArrayDeque<>();
  private final Counters counters = new Counters();
  private final ApplicationCalls application;
  private final Leaving leaving;

  private ElectionConfig election;
  private ElectionState state;
  private Fitness fitness;
  private long armedAt = ElectionState.NEVER;
  private boolean stepping;

  /** Whether the election knows of the present faults. */
  private boolean faultTold;

  /** Whether the network itself is out of reach, so that there is nothing to hand over in order. */
  private boolean severed;

  private @Nullable Runnable whenStopped;
  private Instant since;
  private Cause cause = new Cause.Stopped();

  Router(
      VirtualRouterConfig config,
      Platform platform,
      Events events,
      Dependencies dependencies,
      AdvertHub hub) {
    this.config = config;
    this.platform = platform;
    this.events = events;
    this.dependencies = dependencies;
    this.hub = hub;
    holding = new Holding(config, platform, events, this::dependenciesChanged);
    rules = new ReceiveRules(config);
    sender = new AdvertSender(config, hub);
    doubts = new Doubts(config, events);
    refusals = new RefusalLedger(config.name(), events);
    peers = new PeerLedger(config.name(), rules.addresses(), events);
    acceptedForms =
        config.acceptOldChecksum()
            ? EnumSet.allOf(ChecksumForm.class)
            : EnumSet.of(ChecksumForm.PSEUDO_HEADER, ChecksumForm.MESSAGE_ONLY);
    deadline = platform.timers().newDeadline(this::due);
    fitness = new Fitness(config.priority(), List.of());
    election = ElectionConfig.of(config, Addresses.unspecified(config.family()));
    state = ElectionState.initialize(config.priority());
    since = platform.timers().wallTime();
    application = new ApplicationCalls(config.name(), platform, events);
    leaving = new Leaving(application, platform, this::leave);
  }

  VirtualRouterConfig config() {
    return config;
  }

  /** The group to join, or null in unicast. */
  @Nullable IpAddress group() {
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
    holding.clearLeftovers();
  }

  void start() {
    doubts.atStart();
    assess();
    input(new Input.PriorityChanged(fitness.priority()));
    String fault = fault();
    faultTold = fault != null;
    input(new Input.Startup(fault));
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
    }
  }

  private void stopped() {
    Runnable then = whenStopped;
    if (then != null && state.state() == RouterState.INITIALIZE) {
      whenStopped = null;
      deadline.disarm();
      holding.stop();
      application.shut();
      then.run();
    }
  }

  /** The checksums with which version 3 over IPv4 is accepted. */
  Set<ChecksumForm> acceptedForms() {
    return acceptedForms;
  }

  void received(VrrpParse.Accepted parsed, ReceivedAdvert message) {
    if (state.state() == RouterState.INITIALIZE || state.state() == RouterState.FAULT) {
      refusals.ignore(message.source(), Refusal.of(RefusalReason.NOT_LISTENING));
      return;
    }
    VrrpAdvert received = parsed.advert();
    Refusal refusal =
        rules.judge(
            received,
            message.source(),
            message.destination(),
            message.hopLimit(),
            election.ownAddress());
    if (refusal != null) {
      refuse(message.source(), refusal);
      return;
    }
    peers.accepted(message.source(), parsed, rules.sameAddresses(received));
    counters.advertsAccepted++;
    if (received.priority() == VrrpAdvert.PRIORITY_RESIGN) {
      counters.resignationsAccepted++;
    }
    input(
        new Input.AdvertReceived(
            message.source(),
            received.priority(),
            received.intervalCentiseconds() * 10_000_000L,
            message.receivedAt()));
  }

  void refuse(IpAddress peer, Refusal refusal) {
    refusals.refuse(peer, refusal);
  }

  @Override
  public void linkChanged() {
    dependenciesChanged();
  }

  @Override
  public void addressLost(String interfaceName, VirtualAddress address) {
    if (state.holding()) {
      holding.restore(interfaceName, address);
    }
  }

  /** Something this router depends on changed: its fitness may have changed with it. */
  void dependenciesChanged() {
    int priorityBefore = fitness.priority();
    assess();
    if (state.state() == RouterState.INITIALIZE) {
      return;
    }
    if (fitness.priority() != priorityBefore) {
      input(new Input.PriorityChanged(fitness.priority()));
      events.publish(
          new HavipEvent.PriorityChanged(
              events.now(),
              config.name(),
              priorityBefore,
              fitness.priority(),
              "the health of its dependencies"));
    }
    tellFaults();
  }

  private void tellFaults() {
    String fault = fault();
    if (leaving.begun()) {
      if (severed) {
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
    if (!severed && mayHandOver()) {
      config.handover().ifPresent(h -> leaving.begin(h, fault));
    } else {
      faultTold = true;
      input(fault);
    }
  }

  private void assess() {
    List<Fitness.Dependency> tracked = new ArrayList<>();
    for (Track track : config.tracks()) {
      tracked.add(new Fitness.Dependency(track, dependencies.health(track)));
    }
    Fitness byTracks = Fitness.of(config.priority(), tracked);
    List<String> faults = new ArrayList<>(byTracks.faults());
    dependencies.interfaceFault(config).ifPresent(faults::add);
    hub.fault().ifPresent(faults::add);
    holding.fault().ifPresent(faults::add);
    dependencies.link(config.interfaceName()).link().ifPresent(doubts::look);
    Optional<IpAddress> source = dependencies.source(config);
    if (source.isPresent()) {
      election = ElectionConfig.of(config, source.get());
    } else if (faults.isEmpty()) {
      faults.add(dependencies.sourceFault(config));
    }
    severed = faults.size() > byTracks.faults().size();
    fitness = new Fitness(byTracks.priority(), faults);
  }

  private @Nullable String fault() {
    return fitness.faults().isEmpty() ? null : String.join(", ", fitness.faults());
  }

  private void due() {
    armedAt = ElectionState.NEVER;
    input(new Input.TimerDue());
  }

  /**
   * Steps the election. An action may cause another input, which waits until the actions of this
   * step are done.
   */
  private void input(Input input) {
    inputs.add(input);
    if (stepping) {
      return;
    }
    stepping = true;
    try {
      for (Input next = inputs.poll(); next != null; next = inputs.poll()) {
        Step step = Election.step(election, state, next, platform.timers().now());
        state = step.state();
        step.actions().forEach(this::attempt);
      }
    } finally {
      stepping = false;
      arm();
    }
    stopped();
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
      deadline.arm(at);
    }
  }

  private void perform(Action action) {
    switch (action) {
      case Action.SendAdvert send -> sendAdvert(send.priority());
      case Action.Bind bind -> {
        application.serving();
        holding.bind();
      }
      case Action.Unbind unbind -> holding.unbind();
      case Action.Announce announce ->
          counters.announcementsSent += holding.announce(announce.repeat());
      case Action.Prepare prepare ->
          config
              .takeover()
              .ifPresent(
                  t -> application.prepare(t, failure -> input(new Input.Prepared(failure))));
      case Action.CancelPrepare cancel -> application.cancelPrepare();
      case Action.ReportState report -> report(report);
      case Action.ReportLowerPriority lower ->
          events.publish(
              new HavipEvent.LowerPriorityHeard(
                  events.now(), config.name(), lower.peer(), lower.priority()));
    }
  }

  private void sendAdvert(int priority) {
    int sent = sender.send(priority, election.ownAddress());
    counters.advertsSent += sent;
    if (priority == VrrpAdvert.PRIORITY_RESIGN) {
      counters.resignationsSent += sent;
    }
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
    events.publish(
        new HavipEvent.StateChanged(
            now, config.name(), report.from(), report.to(), report.cause(), state.priority()));
    if (report.from() == RouterState.ACTIVE) {
      config.handover().ifPresent(application::left);
      leaving.end();
    }
  }

  RouterSnapshot snapshot() {
    return new RouterSnapshot(
        config.name(),
        state.state(),
        since,
        cause,
        state.priority(),
        config.priority(),
        Optional.ofNullable(state.active()),
        Duration.ofNanos(election.activeDownInterval(state.priority(), state.activeInterval())),
        state.holding(),
        platform.addresses().fence(),
        fitness.faults(),
        counters.snapshot(),
        refusals.counts(),
        peers.peers());
  }

  private static final class Counters {
    private long advertsSent;
    private long advertsAccepted;
    private long resignationsSent;
    private long resignationsAccepted;
    private long announcementsSent;
    private long becameActive;
    private long leftActive;

    private RouterSnapshot.Counters snapshot() {
      return new RouterSnapshot.Counters(
          advertsSent,
          advertsAccepted,
          resignationsSent,
          resignationsAccepted,
          announcementsSent,
          becameActive,
          leftActive);
    }
  }
}

package io.havip.core.node;

import io.havip.Cause;
import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.core.election.Action;
import io.havip.core.election.ElectionState;
import io.havip.core.election.Input;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.wire.VrrpAdvert;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Performs what the election of one router asks for, and remembers what it came to. */
final class Acts implements ElectionRun.Cast {

  /** The router whose election it is. */
  interface Owner {

    /** Something is told to the election, perhaps amid another thing. */
    void begins();

    /** Everything that was told has been acted on. */
    void ends();

    /** A member that loses the comparison was heard. */
    void contested();

    /** The router is not ACTIVE any more. */
    void left();

    /** Tells the election something. */
    void input(Input input);
  }

  /**
   * What is acted with.
   *
   * @param platform clock and loop
   * @param events to tell of it
   * @param holding the addresses on this host
   * @param fences around them
   * @param cloud their mapping
   * @param application what it does at a takeover and a handover
   * @param counters of adverts and changes
   * @param monitor sees own adverts
   */
  record Tools(
      Platform platform,
      Events events,
      Holding holding,
      Fences fences,
      CloudLink cloud,
      ApplicationCalls application,
      RouterCounters counters,
      RouterMonitor monitor) {}

  private static final int NOTHING = -1;

  private final Owner owner;
  private final Tools with;
  private final boolean grouped;
  private VirtualRouterConfig config;
  private AdvertSender sender;
  private Instant since;
  private Cause cause = new Cause.Stopped();
  private Flight.@Nullable Takeover takeover;
  private long announcedBefore;

  /** Whether the router's events are kept back. */
  private boolean silent;

  /** The priority of the advert that left meanwhile, or less than any. */
  private int said = NOTHING;

  Acts(Owner owner, VirtualRouterConfig config, AdvertSender sender, Tools with, boolean grouped) {
    this.owner = owner;
    this.config = config;
    this.sender = sender;
    this.with = with;
    this.grouped = grouped;
    since = with.platform.timers().wallTime();
    with.monitor.tellFirst(this::tell);
  }

  void reconfigure(VirtualRouterConfig next, AdvertSender nextSender) {
    config = next;
    sender = nextSender;
  }

  AdvertSender sender() {
    return sender;
  }

  /** Since when the router is in its state. */
  Instant since() {
    return since;
  }

  /** Why it is. */
  Cause cause() {
    return cause;
  }

  @Override
  public void begins() {
    tell();
    owner.begins();
  }

  @Override
  public void ends() {
    owner.ends();
  }

  @Override
  public void rises() {
    tellLater();
    takeover = with.events.flight().takeover();
    announcedBefore = with.counters.announcementsSent;
    with.holding.raiseVirtual();
  }

  @Override
  public void risen() {
    if (takeover != null) {
      long announced = with.counters.announcementsSent - announcedBefore;
      with.events.flight().end(takeover, config.name(), cause, announced);
      takeover = null;
    }
  }

  @Override
  public void fallen() {
    with.fences.shut();
    with.holding.lowerVirtual();
  }

  /** A group tells of itself after its routers. */
  private void tellLater() {
    if (!grouped && !silent) {
      silent = true;
      with.events.hold(config.name());
      with.platform.execute(this::tell);
    }
  }

  /** Before anything else happens to this router, or when the loop has nothing more urgent. */
  void tell() {
    if (silent) {
      silent = false;
      with.events.release(config.name());
      if (said != NOTHING) {
        with.monitor.sent(said);
        said = NOTHING;
      }
    }
  }

  /** A platform that throws where it should return a failure must not stop the election. */
  @Override
  public void perform(Action action, ElectionRun run) {
    try {
      act(action, run);
    } catch (RuntimeException e) {
      with.events.publish(
          new HavipEvent.OperationFailed(
              with.events.now(),
              config.name(),
              new Outcome.Failed(action.getClass().getSimpleName(), e.toString(), "")));
    }
  }

  private void act(Action action, ElectionRun run) {
    switch (action) {
      case Action.SendAdvert send -> sendAdvert(send.priority(), run);
      case Action.Probe probe ->
          with.holding.probe(probe.until(), answered -> owner.input(new Input.Probed(answered)));
      case Action.Bind bind -> {
        with.application.serving();
        with.holding.bind();
        with.cloud.want(with.holding.fault().isEmpty());
      }
      case Action.Unbind unbind -> {
        with.fences.shut();
        with.holding.unbind();
        with.cloud.want(false);
      }
      case Action.Announce announce -> with.holding.announce(announce.repeat());
      case Action.Prepare prepare ->
          config
              .takeover()
              .ifPresent(t ->
                  with.application.prepare(t, failure -> owner.input(new Input.Prepared(failure))));
      case Action.CancelPrepare cancel -> with.application.cancelPrepare();
      case Action.ReportState report -> report(report, run.state());
      case Action.ReportLowerPriority lower -> {
        with.counters.lowerPriorityHeard++;
        int own = run.state().priority();
        with.events.publish(
            new HavipEvent.LowerPriorityHeard(
                with.events.now(), config.name(), lower.peer(), lower.priority(), own));
        owner.contested();
      }
    }
  }

  private void sendAdvert(int priority, ElectionRun run) {
    if (silent) {
      said = priority; // the monitor must have heard why
    } else {
      with.monitor.sent(priority);
    }
    int sent = sender.send(priority, run.config().ownAddress());
    with.counters.advertsSent += sent;
    if (priority == VrrpAdvert.PRIORITY_RESIGN) {
      with.counters.resignationsSent += sent;
    }
    with.fences.sent(priority);
  }

  private void report(Action.ReportState report, ElectionState state) {
    HavipEvent.At now = with.events.now();
    since = now.wall();
    cause = report.cause();
    if (report.to() == RouterState.ACTIVE) {
      with.counters.becameActive++;
    } else if (report.from() == RouterState.ACTIVE) {
      with.counters.leftActive++;
    }
    with.events
        .flight()
        .transition(config.name(), report.from(), report.to(), cause, state.priority());
    with.events.publish(
        new HavipEvent.StateChanged(
            now, config.name(), report.from(), report.to(), cause, state.priority()));
    if (report.from() == RouterState.ACTIVE) {
      config.handover().ifPresent(with.application::left);
      owner.left();
    }
  }
}

package io.havip.core.node;

import io.havip.Cause;
import io.havip.HavipEvent;
import io.havip.NodeSnapshot;
import io.havip.RouterState;
import io.havip.SyncGroup;
import io.havip.Track;
import io.havip.VirtualRouterConfig;
import io.havip.core.election.Input;
import io.havip.core.election.SyncRules;
import io.havip.core.election.SyncRules.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the routers of a sync group together. */
final class Group {

  private SyncGroup config;
  private final Events events;
  private final List<Router> routers = new ArrayList<>();
  private RouterState reported = RouterState.INITIALIZE;

  /** How many routers are in the middle of something: the group is judged when all are done. */
  private int busy;

  private boolean dissolved;

  Group(SyncGroup config, Events events) {
    this.config = config;
    this.events = events;
  }

  SyncGroup config() {
    return config;
  }

  /** The same routers, which depend on something else from now on. */
  void reconfigure(SyncGroup next) {
    config = next;
  }

  void add(Router router) {
    routers.add(router);
  }

  /** Warns of what keeps the routers from moving together. */
  void start() {
    long priorities = routers.stream().map(r -> r.config().priority()).distinct().count();
    if (priorities > 1) {
      warn("its routers have different priorities; give them the same one on each node");
    }
    if (!config.trackingWeight()) {
      for (Router router : routers) {
        List<Track> ignored =
            router.config().tracks().stream().filter(t -> t.weight() != 0).toList();
        if (!ignored.isEmpty()) {
          warn(
              "%s: the weights of %s are ignored in a sync group; use weight 0 or trackingWeight"
                  .formatted(router.config().name(), ignored.stream().map(Track::label).toList()));
        }
      }
    }
  }

  private void warn(String message) {
    events.publish(new HavipEvent.Warning(events.now(), config.name(), message));
  }

  /** What a router of the group depends on. */
  List<Track> tracks(VirtualRouterConfig router) {
    return Stream.concat(
            router.tracks().stream().filter(t -> t.weight() == 0 || config.trackingWeight()),
            config.tracks().stream())
        .toList();
  }

  /** From now on its routers go their own ways, such as to their ends. */
  void dissolve() {
    dissolved = true;
  }

  /** What keeps the other routers of the group from taking part. */
  List<String> faultsOfOthers(Router self) {
    return routers.stream()
        .filter(r -> r != self)
        .flatMap(r -> r.ownFaults().stream().map(f -> describe(r.config().name() + ": " + f)))
        .toList();
  }

  private String describe(String what) {
    return "sync group " + config.name() + ": " + what;
  }

  void faultsChanged(Router self) {
    routers.stream().filter(r -> r != self).forEach(Router::dependenciesChanged);
  }

  void contested(Router self) {
    routers.stream().filter(r -> r != self).forEach(r -> r.input(new Input.GroupContested()));
  }

  /** A router begins something that may change its state. */
  void begin() {
    busy++;
  }

  /** It is done. When all are, the group is judged until nothing is left to do. */
  void end(Router last) {
    if (busy == 1) {
      if (!dissolved) {
        settle();
      }
      report(last);
    }
    busy--;
  }

  private void settle() {
    List<SyncRules.Member> before;
    do {
      before = members();
      carryOut(SyncRules.judge(before));
    } while (!members().equals(before));
  }

  private void carryOut(Verdict verdict) {
    switch (verdict) {
      case Verdict.Nothing nothing -> {}
      case Verdict.TakeOver takeOver -> takeOver();
      case Verdict.Leave leave -> {
        Cause.GroupLeft cause =
            new Cause.GroupLeft(config.name(), leave.because().router(), leave.because().cause());
        routers.forEach(r -> r.input(new Input.GroupLeft(cause)));
      }
    }
  }

  /** One that finds its addresses refused is in FAULT at once; the rest need not even begin. */
  private void takeOver() {
    for (Router router : routers) {
      if (routers.stream().allMatch(r -> r.ownFaults().isEmpty())) {
        router.input(new Input.GroupReady());
      }
    }
  }

  private void report(Router last) {
    RouterState now = SyncRules.state(members());
    if (now != reported) {
      SyncRules.Member why = last.member();
      events.publish(
          new HavipEvent.GroupChanged(
              events.now(), config.name(), reported, now, why.router(), why.cause()));
      reported = now;
    }
  }

  private List<SyncRules.Member> members() {
    return routers.stream().map(Router::member).toList();
  }

  NodeSnapshot.Group snapshot() {
    return new NodeSnapshot.Group(config.name(), SyncRules.state(members()), config.routers());
  }
}

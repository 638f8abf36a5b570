package io.havip.testkit.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Announcements;
import io.havip.CloudConfig;
import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.core.cloud.ReconcilerConfig;
import io.havip.core.vpc.VpcCommand;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.testkit.cloud.CloudGroup.Kind;
import io.havip.testkit.cloud.CloudRequest.Operation;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimRandom;
import io.havip.testkit.vpc.VpcProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A minute in which anything may go wrong with two members and their cloud, and the time after. */
final class CloudStorm {

  private static final Duration LENGTH = Duration.ofSeconds(60);
  private static final Duration LATEST_WRITE = Duration.ofSeconds(8);

  /** A restart, listening, and yielding to the preferred member after that. */
  private static final Duration ELECTION = Duration.ofSeconds(12);

  final CloudGroup group;
  private final SimRandom random;
  private final VpcProfile healthy;
  private final Map<String, NavigableSet<Duration>> restarts =
      Map.of("a", new TreeSet<>(), "b", new TreeSet<>());
  private final List<CloudRequest.Made> crowded = new ArrayList<>();
  private int judged;

  CloudStorm(Kind kind, long seed) {
    group = new CloudGroup(kind, seed);
    random = group.sim.random("storm");
    healthy = group.vpc == null ? VpcProfile.DEFAULT : group.vpc.profile();
  }

  CloudStorm blow() {
    // A rival that was cut off, announced the address and was killed leaves caches that point to
    // it,
    // and nobody hears of it: only a refresh undoes that.
    Announcements announcements = Announcements.DEFAULT.withRefresh(Duration.ofSeconds(5));
    group.a.start(group.router(group.a, 150).announcements(announcements).build());
    group.b.start(group.router(group.b, 100).announcements(announcements).build());
    group.sim.afterEachEvent(this::judgeNewCalls);
    while (group.sim.now().compareTo(LENGTH) < 0) {
      group.sim.run(random.between(Duration.ofMillis(50), Duration.ofSeconds(4)));
      strike();
    }
    return this;
  }

  private void strike() {
    SimHost host = random.chance(0.5) ? group.a : group.b;
    String name = host.name();
    CloudFaults cloud = group.cloud.faults();
    switch ((int) random.below(17)) {
      case 0 -> group.sim.inject(new Fault.Kill(name));
      case 1 -> {
        group.sim.inject(new Fault.Restart(name));
        restarts.get(name).add(group.sim.now());
      }
      case 2 -> {
        if (host.running() && !host.paused()) {
          host.pause(random.between(Duration.ofMillis(100), Duration.ofSeconds(6)));
        }
      }
      case 3 -> group.sim.inject(new Fault.Cut("a", "b", random.chance(0.5)));
      case 4 -> group.sim.inject(new Fault.MendAll());
      case 5 -> cloud.blackout(name, random.chance(0.6));
      case 6 -> cloud.loseReplies(name, random.chance(0.6));
      case 7 -> cloud.refuse(name, any(List.of(CloudFailureKind.values())));
      case 8 -> cloud.accept(name);
      case 9 -> cloud.lateWrites(name, random.between(Duration.ZERO, LATEST_WRITE));
      case 10 ->
          cloud.latency(
              Duration.ofMillis(10), random.between(Duration.ofMillis(20), Duration.ofSeconds(5)));
      case 11 -> cloud.stale(random.between(Duration.ZERO, group.cloud.capabilities().staleness()));
      case 12 -> group.sim.inject(new Fault.LinkDown(name, "eth0"));
      case 13 -> group.sim.inject(new Fault.LinkUp(name, "eth0"));
      case 14 -> group.sim.inject(new Fault.RemoveAddress(name, "eth0", CloudGroup.VIP));
      case 15 ->
          group.sim.inject(
              new Fault.JumpWallClock(name, Duration.ofMinutes(random.chance(0.5) ? 7 : -7)));
      default -> strikeMapping(name);
    }
  }

  /**
   * A person at the console; in the VPC also announcements that overtake each other or come twice.
   */
  private void strikeMapping(String name) {
    if (group.cloud instanceof RegisterCloud register) {
      register.console(
          CloudGroup.VIP,
          any(List.of(Optional.empty(), Optional.of("stranger"), Optional.of(name))));
      return;
    }
    switch ((int) random.below(4)) {
      case 0 -> group.vpc.profile(group.vpc.profile().withReorder(0.5));
      case 1 -> group.vpc.profile(group.vpc.profile().withStale(0.3, LATEST_WRITE));
      case 2 -> group.vpc.profile(group.vpc.profile().withAnnounceLimit(2, 1));
      default -> group.vpc.apply(new VpcCommand.UnbindHolder(group.havip, group.vpc.clock()));
    }
  }

  private <T> T any(List<T> values) {
    return values.get((int) random.below(values.size()));
  }

  /** A takeover is made by a member that is ACTIVE at this moment, never by another. */
  private void judgeNewCalls() {
    List<CloudRequest.Made> made = group.cloud.made();
    for (; judged < made.size(); judged++) {
      CloudRequest.Made call = made.get(judged);
      countTogetherWith(call, made.subList(0, judged + 1));
      if (call.operation() == Operation.TAKEOVER) {
        SimHost host = group.sim.host(call.member());
        assertThat(CloudGroup.state(host))
            .as("the state of %s when it takes over at %s", host, call.at())
            .isEqualTo(RouterState.ACTIVE);
      }
    }
  }

  void heal() {
    for (SimHost host : List.of(group.a, group.b)) {
      if (host.paused()) {
        host.resume();
      }
      if (!host.running()) {
        host.restart();
      }
    }
    group.sim.inject(new Fault.LinkUp("a", "eth0"));
    group.sim.inject(new Fault.LinkUp("b", "eth0"));
    group.sim.inject(new Fault.MendAll());
    group.cloud.faults().heal();
    if (group.vpc != null) {
      group.vpc.profile(healthy);
    }
    // The members notice what has happened last.
    group.sim.run(Duration.ofMillis(100));
  }

  /** {@return within which time all must be well after the storm} */
  Duration bound() {
    CloudConfig config = CloudConfig.of(group.cloud.member("a"));
    Duration cloud =
        new ReconcilerConfig(
                CloudGroup.VIP,
                group.cloud.capabilities(),
                config.callTimeout().toNanos(),
                config.interval().toNanos(),
                config.standbyInterval().toNanos(),
                config.relinquish(),
                0)
            .settlesWithin();
    return ELECTION.plus(LATEST_WRITE).plus(cloud);
  }

  /** The preferred member is elected, the cloud maps to it, and clients reach it. */
  boolean well() {
    return group.active().equals(List.of(group.a))
        && group.holder().equals(Optional.of("a"))
        && group.client.reaches(CloudGroup.VIP).equals(Optional.of(group.a))
        && CloudGroup.snapshot(group.a).cloud().getFirst().confirmed();
  }

  /** A process knows nothing of the calls of the one before it on its host. */
  private void countTogetherWith(CloudRequest.Made call, List<CloudRequest.Made> made) {
    NavigableSet<Duration> starts = restarts.get(call.member());
    Duration since = starts.isEmpty() ? Duration.ZERO : starts.last();
    long within =
        made.stream()
            .filter(m -> m.member().equals(call.member()))
            .filter(m -> m.at().compareTo(since) >= 0)
            .filter(m -> call.at().minus(m.at()).compareTo(Duration.ofSeconds(1)) < 0)
            .count();
    if (within > group.cloud.capabilities().callsPerSecond()) {
      crowded.add(call);
    }
  }

  void assertRateIsKept() {
    assertThat(crowded).isEmpty();
    assertThat(group.cloud.made()).isNotEmpty();
  }

  void assertDoubtIsFollowedByALook() {
    for (CloudRequest request : group.cloud.requests()) {
      if (request.outcome() == CallOutcome.UNKNOWN) {
        group.cloud.made().stream()
            .filter(m -> m.member().equals(request.member()))
            .filter(m -> m.at().compareTo(request.ended()) >= 0)
            .findFirst()
            .filter(m -> sameProcess(request, m))
            .ifPresent(next ->
                assertThat(next.operation()).as("after %s", request).isEqualTo(Operation.DESCRIBE));
      }
    }
  }

  private boolean sameProcess(CloudRequest before, CloudRequest.Made after) {
    return restarts.get(after.member()).subSet(before.made(), true, after.at(), true).isEmpty();
  }

  /**
   * S6: between a member's call and its effect nobody else has changed the mapping. A member that
   * gives up what is its own harms nobody else, however late.
   */
  List<CloudChange> staleWrites() {
    List<CloudChange> changes = ((RegisterCloud) group.cloud).changes();
    return changes.stream()
        .filter(c -> c.after().isPresent() || !c.before().equals(Optional.of(c.by())))
        .filter(c ->
            changes.stream()
                .anyMatch(other ->
                    !other.by().equals(c.by())
                        && other.at().compareTo(c.asked()) > 0
                        && other.at().compareTo(c.at()) < 0))
        .toList();
  }

  /**
   * S5: kept as a book of who has been given the address and from whom it was taken, there is never
   * a second owner. A cloud that needs two calls takes it from the one before the other gets it; a
   * cloud that needs one leaves nobody's time between two members, unless somebody gave it up.
   */
  void assertOneOwnerAtAllTimes() {
    Set<String> owners = new HashSet<>();
    for (CloudChange change : ((RegisterCloud) group.cloud).changes()) {
      boolean byHand = change.by().equals("console");
      change.before().ifPresent(owners::remove);
      assertThat(owners).as("owners besides at %s", change).isEmpty();
      change.after().ifPresent(owners::add);
      boolean passedOn = change.before().isPresent() && change.after().isPresent();
      if (!byHand && group.cloud instanceof TwoCallCloud) {
        assertThat(passedOn).as("passed on by one call: %s", change).isFalse();
      }
      if (!byHand && group.cloud instanceof OneCallCloud) {
        assertThat(change.after()).as("taken away by a call: %s", change).contains(change.by());
      }
    }
  }

  /** S7: the epochs that the applications hear rise, and no two members hear the same. */
  void assertEpochsRise() {
    Map<Long, String> heardBy = new HashMap<>();
    for (SimHost host : List.of(group.a, group.b)) {
      long last = 0;
      for (var event : CloudGroup.events(host, HavipEvent.CloudConfirmed.class)) {
        OptionalLong epoch = event.epoch();
        assertThat(epoch).isPresent();
        assertThat(epoch.getAsLong()).isGreaterThanOrEqualTo(last);
        last = epoch.getAsLong();
        String other = heardBy.put(last, host.name());
        assertThat(other).as("who heard epoch %s", last).isIn(null, host.name());
      }
    }
  }
}

package io.havip.testkit.scenario;

import io.havip.HealthCheckConfig;
import io.havip.Track;
import io.havip.core.check.Finding;
import io.havip.core.check.Scene;
import io.havip.core.check.Verdict;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.testkit.sim.SimClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Judges a run by the properties of the application around the nodes. */
public final class ServiceProperties {

  /**
   * The id of the property that clients are served: after anything has gone wrong or was mended, a
   * request of every client is served again within a bound, as long as there is a member with which
   * nothing is wrong and that the client can reach.
   */
  public static final String SERVES = "SERVES";

  private static final long NOT = Long.MIN_VALUE;

  private final List<Line<?>> lines = new ArrayList<>();

  private ServiceProperties() {}

  /** One property that is followed. */
  private abstract static class Line<S> {

    final String id;
    private long since = NOT;
    private long from;
    private boolean told;

    Line(String id) {
      this.id = id;
    }

    /** Whether what must not last is so now. */
    abstract boolean bad();

    /** From when it counts at the earliest. */
    abstract long notBefore();

    abstract long bound();

    /** Of the last time that it was bad. */
    abstract String words();

    /** Nothing changes between two calls, so what was bad at the last one has been so until now. */
    final void look(long now, Consumer<Finding> court) {
      if (since != NOT && !told && now - from > bound()) {
        told = true;
        court.accept(new Finding(id, from + bound(), words()));
      }
      if (!bad()) {
        since = NOT;
        told = false;
        return;
      }
      since = since == NOT ? now : since;
      from = Math.max(since, notBefore());
    }
  }

  static <S> ServiceProperties of(
      ScenarioRunner<S> runner,
      Scene scene,
      List<MemberProcess<S>> processes,
      List<SimClient> clients,
      Troubles troubles) {
    ServiceProperties properties = new ServiceProperties();
    runner
        .serves()
        .ifPresent(serves -> {
          long bound = runner.outage().orElseGet(() -> patience(scene)).toNanos();
          for (SimClient client : clients) {
            for (IpAddress address : addresses(scene)) {
              properties.lines.add(
                  new Served<>(client, address, serves, bound, processes, troubles));
            }
          }
        });
    long grace = scene.longestDelay().plus(scene.longestLateness()).toNanos();
    for (ScenarioRunner.Never<S> never : runner.nevers()) {
      properties.lines.add(new Lasting<>(never, grace, interval(scene), processes, troubles));
    }
    return properties;
  }

  private static long interval(Scene scene) {
    return scene.members().stream()
        .mapToLong(member -> member.router().advertInterval().toNanos())
        .max()
        .orElseThrow();
  }

  private static Set<IpAddress> addresses(Scene scene) {
    Set<IpAddress> all = new LinkedHashSet<>();
    scene
        .members()
        .forEach(member ->
            member.router().allAddresses().stream().map(VirtualAddress::address).forEach(all::add));
    return all;
  }

  /** When the group is of one mind, every health check has been heard and every leaver has left. */
  static Duration patience(Scene scene) {
    Duration longest = Duration.ZERO;
    for (Scene.Actor actor : scene.members()) {
      Duration own = actor.router().advertInterval();
      for (Track track : actor.router().tracks()) {
        if (track instanceof Track.Check checked) {
          HealthCheckConfig check = checked.check();
          int rounds = Math.max(check.fall(), check.rise());
          own = own.plus(check.interval().multipliedBy(rounds)).plus(check.timeout());
        }
      }
      own = own.plus(actor.router().handover().map(h -> h.timeout()).orElse(Duration.ZERO));
      longest = own.compareTo(longest) > 0 ? own : longest;
    }
    return scene.settled().plus(longest);
  }

  /** To be called after every event, and at the end. */
  void look(long now, Consumer<Finding> court) {
    for (Line<?> line : lines) {
      line.look(now, court);
    }
  }

  /** Adds the verdicts, given what was found. */
  void verdicts(Set<String> violated, Map<String, Verdict> verdicts) {
    Set<String> tried = new HashSet<>();
    lines.stream().filter(ServiceProperties::tried).forEach(line -> tried.add(line.id));
    for (Line<?> line : lines) {
      verdicts.put(
          line.id,
          violated.contains(line.id)
              ? Verdict.FAIL
              : tried.contains(line.id) ? Verdict.PASS : Verdict.UNKNOWN);
    }
  }

  private static boolean tried(Line<?> line) {
    return !(line instanceof Served<?> served) || served.everServed;
  }

  /** A client's requests for an address. */
  private static final class Served<S> extends Line<S> {

    private final SimClient client;
    private final IpAddress address;
    private final Predicate<S> serves;
    private final long bound;
    private final Map<String, MemberProcess<S>> processes = new HashMap<>();
    private final Troubles troubles;
    private Optional<MemberProcess<S>> lastReached = Optional.empty();
    private boolean everServed;

    Served(
        SimClient client,
        IpAddress address,
        Predicate<S> serves,
        long bound,
        List<MemberProcess<S>> processes,
        Troubles troubles) {
      super(SERVES);
      this.client = client;
      this.address = address;
      this.serves = serves;
      this.bound = bound;
      this.troubles = troubles;
      processes.forEach(each -> this.processes.put(each.member().name(), each));
    }

    @Override
    boolean bad() {
      Optional<MemberProcess<S>> reached = reached();
      boolean served = reached.flatMap(this::running).filter(serves).isPresent();
      everServed |= served;
      boolean bad = !served && processes.values().stream().anyMatch(this::could);
      if (bad) {
        lastReached = reached;
      }
      return bad;
    }

    /**
     * Whom a request reaches; if its neighbour cache leads nowhere, whom it would reach after
     * asking again: that caches follow is another property, L8.
     */
    private Optional<MemberProcess<S>> reached() {
      return client
          .reaches(address)
          .or(() -> client.answering(address).stream().findFirst())
          .map(host -> processes.get(host.name()));
    }

    private Optional<S> running(MemberProcess<S> process) {
      return troubles.frozen(process.member().name()) ? Optional.empty() : process.runnable();
    }

    private boolean could(MemberProcess<S> process) {
      String name = process.member().name();
      return process.fit() && troubles.well(name) && troubles.connected(client.name(), name);
    }

    @Override
    long notBefore() {
      return troubles.lastChange();
    }

    @Override
    long bound() {
      return bound;
    }

    @Override
    String words() {
      return "%s was not served at %s for longer than %s, although nothing went wrong in that time"
              .formatted(client.name(), address, text(bound))
          + lastReached
              .map(p -> "; its requests reached " + p.member().name() + ", which did not serve")
              .orElse("; its requests reached nobody");
    }
  }

  /** A condition that must not last. */
  private static final class Lasting<S> extends Line<S> {

    private final ScenarioRunner.Never<S> never;
    private final long grace;
    private final long interval;
    private List<MemberProcess<S>> lastAble = List.of();
    private final List<MemberProcess<S>> processes;
    private final Troubles troubles;

    Lasting(
        ScenarioRunner.Never<S> never,
        long grace,
        long interval,
        List<MemberProcess<S>> processes,
        Troubles troubles) {
      super(never.id());
      this.never = never;
      this.grace = grace;
      this.interval = interval;
      this.processes = processes;
      this.troubles = troubles;
    }

    @Override
    boolean bad() {
      if (!troubles.hearing()) {
        return false;
      }
      List<MemberProcess<S>> able = able();
      List<S> services =
          able.stream().map(MemberProcess::runnable).flatMap(Optional::stream).toList();
      boolean bad = never.condition().test(services);
      if (bad) {
        lastAble = able;
      }
      return bad;
    }

    private List<MemberProcess<S>> able() {
      return processes.stream()
          .filter(p -> p.runnable().isPresent() && !troubles.frozen(p.member().name()))
          .toList();
    }

    @Override
    long notBefore() {
      long since = troubles.hearingSince();
      return since == NOT ? NOT : since + interval; // until the next advert they cannot know
    }

    @Override
    long bound() {
      return grace;
    }

    @Override
    String words() {
      return never.words()
          + ", for longer than "
          + text(grace)
          + "; running: "
          + lastAble.stream().map(p -> p.member().name()).toList();
    }
  }

  private static String text(long nanos) {
    return Lengths.text(Duration.ofNanos(nanos));
  }
}

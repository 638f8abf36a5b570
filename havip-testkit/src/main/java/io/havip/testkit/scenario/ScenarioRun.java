package io.havip.testkit.scenario;

import io.havip.core.check.Finding;
import io.havip.core.check.Scene;
import io.havip.core.check.Sighting;
import io.havip.core.check.Trial;
import io.havip.core.check.TroubleKind;
import io.havip.core.check.Verdict;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.Trace;
import io.havip.testkit.sim.Watch;
import io.havip.testkit.sim.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One run of a scenario. */
final class ScenarioRun<S> {

  private static final Duration SHORTEST_DELAY = Duration.ofMillis(1);

  private final Scenario scenario;
  private final boolean recorded;
  private final Simulation simulation;
  private final Map<String, MemberProcess<S>> processes = new LinkedHashMap<>();
  private final List<SimClient> clients = new ArrayList<>();
  private final Troubles troubles;
  private final List<Sighting> sightings = new ArrayList<>();
  private final List<Finding> own = new ArrayList<>();
  private final Scene scene;
  private final Trial trial;
  private final ServiceProperties service;

  ScenarioRun(Scenario scenario, ScenarioRunner<S> runner, Trace.Mode mode, Watchdog dog) {
    this.scenario = scenario;
    troubles =
        new Troubles(scenario.members().stream().map(Member::name).collect(Collectors.toSet()));
    recorded = mode == Trace.Mode.ALL;
    simulation = Simulation.seeded(scenario.seed()).tracing(mode).eventLimit(runner.eventLimit());
    dog.follow(simulation);
    SimNetwork segment =
        simulation.segment(scenario.network().toString()).quality(scenario.quality());
    List<Scene.Actor> actors = new ArrayList<>();
    for (Member member : scenario.members()) {
      dog.enters(member.name(), "the making of the service");
      MemberProcess<S> process =
          new MemberProcess<>(
              simulation,
              segment.host(member.name(), member.address().toString()).fence(member.fence()),
              member,
              scenario,
              runner,
              this::see);
      processes.put(member.name(), process);
      actors.add(new Scene.Actor(member.name(), process.judgedBy(), member.fence()));
    }
    for (Client client : scenario.clients()) {
      clients.add(segment.client(client.name(), client.address().toString()));
    }
    scene = scene(scenario, actors);
    trial = new Trial(scene, runner.checks());
    service =
        ServiceProperties.of(runner, scene, List.copyOf(processes.values()), clients, troubles);
  }

  static Scene scene(Scenario scenario, List<Scene.Actor> actors) {
    return new Scene(
        actors,
        longestDelay(scenario.quality()),
        Duration.ZERO,
        Watch.senses(!scenario.clients().isEmpty()));
  }

  private static Duration longestDelay(Quality quality) {
    Duration longest = quality.delay().plus(quality.jitter()).plus(quality.heldBack());
    return longest.compareTo(SHORTEST_DELAY) > 0 ? longest : SHORTEST_DELAY;
  }

  Outcome run() {
    try {
      Watch.begin(simulation, scene, this::see, clients.toArray(SimClient[]::new));
      simulation.afterEachEvent(this::judge);
      scenario.steps().forEach(this::schedule);
      processes.values().forEach(MemberProcess::start);
      simulation.run(scenario.length());
      judge();
    } catch (RuntimeException | AssertionError e) {
      own.add(new Finding(Outcome.ERROR, simulation.nanos(), said(e)));
    }
    return outcome();
  }

  private static String said(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank()
        ? thrown.toString()
        : message.lines().findFirst().orElse("");
  }

  private void schedule(Step step) {
    switch (step.what()) {
      case Happening.Strike strike -> simulation.at(step.at(), strike.fault());
      case Happening.Health health ->
          simulation.at(
              step.at(),
              HappeningText.text(health),
              () -> process(health.member()).fit(health.fit()));
    }
  }

  private MemberProcess<S> process(String member) {
    MemberProcess<S> process = processes.get(member);
    if (process == null) {
      throw new AssertionError(member);
    }
    return process;
  }

  private void see(Sighting sighting) {
    if (recorded && !beforeTheStart(sighting)) {
      sightings.add(sighting);
    }
    troubles.see(sighting);
    trial.see(sighting);
  }

  /** To a judge a process that has not started is as good as dead; to a reader it is no trouble. */
  private boolean beforeTheStart(Sighting sighting) {
    return sighting instanceof Sighting.Trouble trouble
        && trouble.kind() == TroubleKind.KILL
        && trouble.at() == 0
        && scenario.steps().stream().noneMatch(step -> step.at().isZero());
  }

  private void judge() {
    long now = simulation.nanos();
    trial.advance(now);
    service.look(now, own::add);
  }

  private Outcome outcome() {
    List<Finding> findings = new ArrayList<>(trial.findings());
    findings.addAll(own);
    findings.sort(Comparator.comparingLong(Finding::at));
    Set<String> violated = new LinkedHashSet<>();
    findings.forEach(finding -> violated.add(finding.check()));
    Map<String, Verdict> verdicts = trial.verdicts();
    service.verdicts(violated, verdicts);
    if (violated.contains(Outcome.ERROR)) {
      verdicts.put(Outcome.ERROR, Verdict.FAIL);
    }
    return new Outcome(
        scenario,
        scene,
        findings,
        verdicts,
        trial.unsupported(),
        simulation.events(),
        simulation.trace().hash(),
        simulation.nanos(),
        sightings,
        recorded ? simulation.trace().records() : List.of(),
        Optional.empty());
  }
}

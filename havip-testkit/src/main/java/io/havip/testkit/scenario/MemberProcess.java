package io.havip.testkit.scenario;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.HavipNodeBuilder;
import io.havip.HealthCheckConfig;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.check.Sighting;
import io.havip.core.check.TroubleKind;
import io.havip.spi.Platform;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.TraceKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What runs on a member: the node and the application's code, made anew at each start. */
final class MemberProcess<S> {

  private final Simulation simulation;
  private final SimHost host;
  private final Member member;
  private final Scenario scenario;
  private final ScenarioRunner<S> runner;
  private final Consumer<Sighting> sink;
  private final boolean checked;
  private boolean fit = true;
  private @Nullable Start<S> next;
  private @Nullable S current;

  /** The application's code, what it was made with and what it made of it. */
  private record Start<S>(S service, MemberSetup setup, VirtualRouterConfig config) {}

  MemberProcess(
      Simulation simulation,
      SimHost host,
      Member member,
      Scenario scenario,
      ScenarioRunner<S> runner,
      Consumer<Sighting> sink) {
    this.simulation = simulation;
    this.host = host;
    this.member = member;
    this.scenario = scenario;
    this.runner = runner;
    this.sink = sink;
    checked =
        scenario.steps().stream()
            .anyMatch(step ->
                step.what() instanceof Happening.Health h && h.member().equals(member.name()));
  }

  /** The configuration of the first start, which the members are judged by. */
  VirtualRouterConfig judgedBy() {
    Start<S> first = prepared();
    next = first;
    return first.config();
  }

  private Start<S> prepared() {
    VirtualRouterConfigBuilder router =
        member.router().builder(member.address(), ScenarioRules.others(member, scenario.members()));
    if (checked) {
      router.healthCheck(
          HealthCheckConfig.of("scenario", () -> fit)
              .every(member.router().interval(), member.router().interval()));
    }
    MemberSetup setup = new MemberSetup(member.name(), router);
    S service = runner.service().apply(setup);
    return new Start<>(service, setup, router.build());
  }

  void start() {
    host.start(this::run);
  }

  private AutoCloseable run(Platform sound) {
    Start<S> begun = next == null ? prepared() : next;
    next = null;
    HavipNodeBuilder builder =
        HavipNode.builder(HavipConfig.of(runner.defect().apply(begun.config())))
            .platform(runner.platform().apply(member.name(), sound))
            .listener(this::heard);
    begun.setup().listeners().forEach(builder::listener);
    current = begun.service();
    return builder.start();
  }

  private void heard(HavipEvent event) {
    switch (event) {
      case HavipEvent.StateChanged change ->
          sink.accept(
              new Sighting.State(
                  simulation.nanos(),
                  member.name(),
                  change.subject(),
                  change.from(),
                  change.to(),
                  change.priority(),
                  change.cause().describe()));
      case HavipEvent.CheckChanged change -> {
        trouble(change, true);
        trouble(change, false);
      }
      default -> {}
    }
    simulation.note(member.name(), TraceKind.NODE, event.subject() + ": " + event.describe());
  }

  private void trouble(HavipEvent.CheckChanged change, boolean begins) {
    sink.accept(
        new Sighting.Trouble(
            simulation.nanos(),
            TroubleKind.HEALTH,
            List.of(member.name()),
            begins,
            member.name() + ": " + change.describe()));
  }

  /** What its health check finds from now on. */
  void fit(boolean value) {
    fit = value;
  }

  boolean fit() {
    return fit;
  }

  Member member() {
    return member;
  }

  SimHost host() {
    return host;
  }

  /** The application's code, if there is a process and it is not paused. */
  Optional<S> runnable() {
    return host.running() && !host.paused() ? Optional.ofNullable(current) : Optional.empty();
  }
}

package io.havip.testkit.scenario;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipListener;
import io.havip.HealthCheckConfig;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.check.Sighting;
import io.havip.core.check.TroubleKind;
import io.havip.spi.Platform;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.Simulation;
import java.util.ArrayList;
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
          HealthCheckConfig.of("as the scenario says", () -> fit)
              .every(member.router().interval(), member.router().interval()));
    }
    MemberSetup setup = new MemberSetup(member.name(), router);
    S service = runner.service().apply(setup);
    return new Start<>(service, setup, router.build());
  }

  void start() {
    host.startEach(this::started);
  }

  private SimHost.NodeSetup started(Platform sound) {
    Start<S> begun = next == null ? prepared() : next;
    next = null;
    current = begun.service();
    List<HavipListener> listeners = new ArrayList<>(List.of(this::heard));
    listeners.addAll(begun.setup().listeners());
    return new SimHost.NodeSetup(
        HavipConfig.of(runner.defect().apply(begun.config())),
        runner.platform().apply(member.name(), sound),
        listeners);
  }

  /** What its health checks find is no fault of the simulator, so a watch does not see it. */
  private void heard(HavipEvent event) {
    if (event instanceof HavipEvent.CheckChanged change) {
      trouble(change, true);
      trouble(change, false);
    }
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

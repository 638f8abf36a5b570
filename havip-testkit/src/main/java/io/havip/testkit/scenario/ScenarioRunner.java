package io.havip.testkit.scenario;

import io.havip.VirtualRouterConfig;
import io.havip.core.check.Catalogue;
import io.havip.core.check.Check;
import io.havip.spi.Platform;
import io.havip.testkit.sim.Trace;
import io.havip.testkit.sim.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Runs scenarios: real nodes in the simulator, judged after every event. Immutable; each method
 * that changes something returns a changed copy. A run is deterministic as long as the code under
 * test is, and bounded in virtual time and events.
 *
 * <p>A run has a thread of its own. If code under test does not return, the run is given up and
 * ends with an {@link Outcome#ERROR} that names the place; see {@link #realTimeLimit}.
 *
 * @param <S> the application's code on one member, from one start of its process to its end
 */
public final class ScenarioRunner<S> {

  private static final long EVENTS = 2_000_000;

  private final Function<MemberSetup, S> service;
  private Optional<Predicate<S>> serves = Optional.empty();
  private Optional<Duration> outage = Optional.empty();
  private List<Never<S>> nevers = List.of();
  private List<Check> checks = Catalogue.all();
  private UnaryOperator<VirtualRouterConfig> defect = router -> router;
  private BiFunction<String, Platform, Platform> platform = (member, sound) -> sound;
  private long eventLimit = EVENTS;
  private Duration realTimeLimit = Watchdog.LIMIT;

  private ScenarioRunner(Function<MemberSetup, S> service) {
    this.service = service;
  }

  private ScenarioRunner<S> copy() {
    ScenarioRunner<S> copy = new ScenarioRunner<>(service);
    copy.serves = serves;
    copy.outage = outage;
    copy.nevers = nevers;
    copy.checks = checks;
    copy.defect = defect;
    copy.platform = platform;
    copy.eventLimit = eventLimit;
    copy.realTimeLimit = realTimeLimit;
    return copy;
  }

  /** A condition on the services that run, which must not last. */
  record Never<S>(String id, String words, Predicate<List<S>> condition) {}

  /** {@return a runner of plain nodes, judged by the whole catalogue} */
  public static ScenarioRunner<MemberSetup> nodes() {
    return of(setup -> setup);
  }

  /**
   * A runner of nodes with an application around each of them, judged by the whole catalogue.
   *
   * @param service called at each start of a process; adds its callbacks to the setup and returns
   *     the application's code
   * @param <S> the application's code on one member
   * @return the runner
   */
  public static <S> ScenarioRunner<S> of(Function<MemberSetup, S> service) {
    return new ScenarioRunner<>(service);
  }

  /**
   * Judges by {@link ServiceProperties#SERVES} too: every client is served again soon after
   * anything went wrong or was mended, as long as a member is well that it can reach.
   *
   * @param value whether the code on a member serves a request that reaches it
   * @return the changed copy
   */
  public ScenarioRunner<S> servesWhen(Predicate<S> value) {
    ScenarioRunner<S> copy = copy();
    copy.serves = Optional.of(value);
    return copy;
  }

  /**
   * Sets how long clients may go without service. By default it is the time after which the group
   * must be of one mind, and what health checks add to it.
   *
   * @param value the bound of {@link ServiceProperties#SERVES}
   * @return the changed copy
   */
  public ScenarioRunner<S> outageAtMost(Duration value) {
    ScenarioRunner<S> copy = copy();
    copy.outage = Optional.of(value);
    return copy;
  }

  /**
   * Judges by a property of the application too: a condition that must not last longer than words
   * are under way between members. Judged while the members hear each other, and not before the
   * next advert after they could not: until then two members must each believe to be the only one.
   *
   * @param words what must not be, such as {@code two members are primary}
   * @param condition asked after every event about the code of all processes that can run at that
   *     moment, in the order of the members; must not change anything
   * @return the changed copy; the property's id is {@code N1} for the first, and so on
   */
  public ScenarioRunner<S> never(String words, Predicate<List<S>> condition) {
    List<Never<S>> more = new ArrayList<>(nevers);
    more.add(new Never<>("N" + (more.size() + 1), words, condition));
    ScenarioRunner<S> copy = copy();
    copy.nevers = List.copyOf(more);
    return copy;
  }

  /**
   * Judges by other checks.
   *
   * @param value instead of the catalogue
   * @return the changed copy
   */
  public ScenarioRunner<S> checkedBy(List<? extends Check> value) {
    ScenarioRunner<S> copy = copy();
    copy.checks = List.copyOf(value);
    return copy;
  }

  /**
   * Runs nodes that are configured otherwise than they are judged by: a planted bug.
   *
   * @param value changes each configuration
   * @return the changed copy
   */
  public ScenarioRunner<S> withDefect(UnaryOperator<VirtualRouterConfig> value) {
    ScenarioRunner<S> copy = copy();
    copy.defect = value;
    return copy;
  }

  /**
   * Runs nodes on other platforms than the simulator's, such as one with a planted bug.
   *
   * @param value makes the platform of a process of what the simulator has for the member of that
   *     name
   * @return the changed copy
   */
  public ScenarioRunner<S> onPlatform(BiFunction<String, Platform, Platform> value) {
    ScenarioRunner<S> copy = copy();
    copy.platform = value;
    return copy;
  }

  /**
   * Bounds the events of a run, two million by default. A run that needs more ends with an {@link
   * Outcome#ERROR}.
   *
   * @param events at least 1
   * @return the changed copy
   */
  public ScenarioRunner<S> eventLimit(long events) {
    ScenarioRunner<S> copy = copy();
    copy.eventLimit = Math.max(1, events);
    return copy;
  }

  /**
   * Bounds the real time in which no event of a run ends, 60 s by default. Code that waits longer
   * is interrupted and given up, and the run ends with an {@link Outcome#ERROR} and {@link
   * Outcome#stuck}. A run that ends by itself does not depend on it.
   *
   * @param value more than zero
   * @return the changed copy
   * @throws IllegalArgumentException if it is not
   */
  public ScenarioRunner<S> realTimeLimit(Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("the limit must be more than zero, not " + value);
    }
    ScenarioRunner<S> copy = copy();
    copy.realTimeLimit = value;
    return copy;
  }

  /**
   * Runs a scenario and records everything.
   *
   * @param scenario what to run
   * @return what became of it
   */
  public Outcome run(Scenario scenario) {
    return run(scenario, Trace.Mode.ALL);
  }

  /**
   * Runs a scenario without recording sightings and trace, which is faster.
   *
   * @param scenario what to run
   * @return what became of it; the hash of the trace is that of a recorded run
   */
  public Outcome judge(Scenario scenario) {
    return run(scenario, Trace.Mode.TAIL);
  }

  private Outcome run(Scenario scenario, Trace.Mode mode) {
    Watchdog.End<Outcome> end =
        Watchdog.run(
            scenario.title(),
            realTimeLimit,
            dog -> new ScenarioRun<>(scenario, this, mode, dog).run());
    return end.stuck()
        .map(stuck -> GivenUp.outcome(scenario, checks, stuck, end.value()))
        .orElseGet(() -> end.value().orElseThrow());
  }

  Function<MemberSetup, S> service() {
    return service;
  }

  Optional<Predicate<S>> serves() {
    return serves;
  }

  Optional<Duration> outage() {
    return outage;
  }

  List<Never<S>> nevers() {
    return nevers;
  }

  List<Check> checks() {
    return checks;
  }

  UnaryOperator<VirtualRouterConfig> defect() {
    return defect;
  }

  BiFunction<String, Platform, Platform> platform() {
    return platform;
  }

  long eventLimit() {
    return eventLimit;
  }
}

package io.havip.testkit.scenario;

import io.havip.core.check.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes a failing scenario small, so that a person can read it: with fewer members and steps,
 * shorter, and with settings left at their defaults.
 *
 * <p>First goes everything that cannot have caused the violation by the trace's chains of causes,
 * then whatever turns out not to be needed, step by step. Each candidate is run, and kept only if
 * it violates the same property. Deterministic, and bounded in runs. A scenario in which code does
 * not return is not tried again: if it is the failing one it stays as it is, and if it is a
 * candidate the search ends.
 */
public final class Shrinker {

  private static final int RUNS = 1500;
  private static final Duration GRAIN = Duration.ofMillis(100);

  private final ScenarioRunner<?> runner;
  private final String property;
  private final int mostRuns;
  private final Map<Scenario, Optional<Finding>> known = new HashMap<>();
  private Scenario current;
  private Finding finding;
  private int runs;
  private boolean over;

  private Shrinker(
      ScenarioRunner<?> runner, Scenario failing, Finding finding, String property, int mostRuns) {
    this.runner = runner;
    this.property = property;
    this.mostRuns = mostRuns;
    this.finding = finding;
    current = failing;
  }

  /**
   * Makes a failing scenario small, in at most 1500 runs.
   *
   * @param runner runs it as it ran when it failed
   * @param failing the scenario
   * @param property the id of the property that it violates and must go on violating
   * @return the small scenario
   * @throws IllegalArgumentException if it does not violate the property
   */
  public static Shrunk shrink(ScenarioRunner<?> runner, Scenario failing, String property) {
    return shrink(runner, failing, property, RUNS);
  }

  /**
   * Makes a failing scenario small.
   *
   * @param runner runs it as it ran when it failed
   * @param failing the scenario
   * @param property the id of the property that it violates and must go on violating
   * @param mostRuns how many runs it may take, at least 2: what is not tried stays as it is
   * @return the small scenario
   * @throws IllegalArgumentException if it does not violate the property
   */
  public static Shrunk shrink(
      ScenarioRunner<?> runner, Scenario failing, String property, int mostRuns) {
    Outcome outcome = runner.run(failing);
    if (outcome.stuck().isPresent() && property.equals(Outcome.ERROR)) {
      return Shrunk.notAt(outcome);
    }
    Finding found =
        outcome
            .finding(property)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "the scenario does not violate " + property + ", but " + outcome.violated()));
    Shrinker shrinker = new Shrinker(runner, failing, found, property, mostRuns);
    shrinker.runs = 1;
    shrinker.search(outcome);
    return new Shrunk(failing, property, runner.run(shrinker.titled()), shrinker.runs + 1);
  }

  private void search(Outcome recorded) {
    endWithTheViolation();
    keepOnly(Suspects.of(recorded, finding));
    Scenario before;
    do {
      before = current;
      dropSteps();
      dropMembers();
      simplify();
      shorten();
      endWithTheViolation();
    } while (!before.equals(current) && !over && runs < mostRuns - 1);
    take(s -> s.withLength(roundedUp(s.length(), GRAIN)));
  }

  /** The old title would promise what is not there any more. */
  private Scenario titled() {
    String prefix = property + " violated, found by: ";
    String title = current.title();
    return title.startsWith(prefix) || title.length() > 150
        ? current
        : current.withTitle(prefix + title);
  }

  /** Takes a candidate if it violates the property too. */
  private boolean take(Scenario candidate) {
    if (candidate.equals(current)) {
      return false;
    }
    Optional<Finding> found = known.get(candidate);
    if (found == null) {
      if (over || runs >= mostRuns - 1) {
        return false;
      }
      runs++;
      Outcome outcome = runner.judge(candidate);
      if (outcome.stuck().isPresent()) {
        over = true;
        return false;
      }
      found = outcome.finding(property);
      known.put(candidate, found);
    }
    found.ifPresent(violation -> {
      finding = violation;
      current = candidate;
    });
    return found.isPresent();
  }

  /** Takes a candidate that may be impossible. */
  private boolean take(UnaryOperator<Scenario> change) {
    Scenario candidate;
    try {
      candidate = change.apply(current);
    } catch (IllegalArgumentException e) {
      return false; // such as unicast to nobody
    }
    return take(candidate);
  }

  private void endWithTheViolation() {
    Duration end = roundedUp(Duration.ofNanos(finding.at()), GRAIN);
    if (end.compareTo(current.length()) < 0) {
      take(s ->
          s.withSteps(s.steps().stream().filter(x -> x.at().compareTo(end) <= 0).toList())
              .withLength(end));
    }
  }

  private void keepOnly(Suspects suspects) {
    take(s -> s.withSteps(s.steps().stream().filter(suspects.steps()::contains).toList()));
    take(s ->
        without(
            s,
            s.members().stream()
                .map(Member::name)
                .filter(name -> !suspects.members().contains(name))
                .toList()));
  }

  /** Delta debugging: first large parts, then single steps, each with what ends it. */
  private void dropSteps() {
    for (int size = Math.max(1, current.steps().size() / 2); size >= 1; size /= 2) {
      int at = 0;
      while (at < current.steps().size()) {
        int from = at;
        int to = Math.min(at + size, current.steps().size());
        if (!take(s -> s.withSteps(withDependents(s.steps(), from, to)))
            && !take(s -> s.withSteps(withoutRange(s.steps(), from, to)))) {
          at += size;
        }
      }
    }
  }

  private static List<Step> withoutRange(List<Step> steps, int from, int to) {
    List<Step> left = new ArrayList<>(steps);
    left.subList(from, to).clear();
    return left;
  }

  private static List<Step> withDependents(List<Step> steps, int from, int to) {
    List<Step> dropped = steps.subList(from, to);
    List<Step> left = withoutRange(steps, from, to);
    left.removeIf(step -> dropped.stream().anyMatch(cause -> ends(step, cause)));
    return left;
  }

  private static boolean ends(Step step, Step cause) {
    return step.at().compareTo(cause.at()) >= 0
        && step.what() instanceof Happening.Strike end
        && cause.what() instanceof Happening.Strike begin
        && begin.fault().undone().filter(end.fault()::equals).isPresent();
  }

  private void dropMembers() {
    for (Member member : List.copyOf(current.members())) {
      if (current.members().size() > 1) {
        take(s -> without(s, List.of(member.name())));
      }
    }
  }

  private static Scenario without(Scenario scenario, List<String> members) {
    Set<String> gone = Set.copyOf(members);
    return scenario
        .withSteps(
            scenario.steps().stream()
                .filter(step -> Suspects.hosts(step).stream().noneMatch(gone::contains))
                .toList())
        .withMembers(
            scenario.members().stream().filter(member -> !gone.contains(member.name())).toList());
  }

  private void simplify() {
    Simpler.settings(current).forEach(this::take);
    for (int i = 0; i < current.steps().size(); i++) {
      int index = i;
      for (Happening other : Simpler.happenings(current.steps().get(i).what())) {
        if (take(
            s ->
                s.withSteps(
                    Simpler.replaced(
                        s.steps(), index, new Step(s.steps().get(index).at(), other))))) {
          break;
        }
      }
    }
  }

  /** Brings each step, and all that follow, closer to the one before; then rounds its time. */
  private void shorten() {
    for (int i = 0; i < current.steps().size(); i++) {
      int index = i;
      Duration interval = current.members().getFirst().router().interval();
      Duration gap = gap(i);
      for (int intervals : new int[] {0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 40}) {
        Duration wanted = interval.multipliedBy(intervals);
        if (wanted.compareTo(gap) >= 0 || take(s -> moved(s, index, wanted.minus(gap(index))))) {
          break;
        }
      }
    }
    for (int i = 0; i < current.steps().size(); i++) {
      round(i);
    }
  }

  private void round(int index) {
    for (long grain : new long[] {1_000, 500, 100, 10, 1}) {
      Duration at = current.steps().get(index).at();
      Duration down = roundedUp(at, Duration.ofMillis(grain));
      Duration before = down.equals(at) ? at : down.minusMillis(grain);
      if (down.equals(at) || take(s -> at(s, index, before)) || take(s -> at(s, index, down))) {
        return;
      }
    }
  }

  private static Scenario at(Scenario scenario, int index, Duration time) {
    Step step = scenario.steps().get(index);
    Duration end =
        time.compareTo(scenario.length()) > 0 ? roundedUp(time, GRAIN) : scenario.length();
    return scenario
        .withLength(end)
        .withSteps(Simpler.replaced(scenario.steps(), index, step.withAt(time)));
  }

  private Duration gap(int index) {
    Duration before = index == 0 ? Duration.ZERO : current.steps().get(index - 1).at();
    return current.steps().get(index).at().minus(before);
  }

  private static Scenario moved(Scenario scenario, int first, Duration by) {
    List<Step> steps = new ArrayList<>(scenario.steps());
    for (int i = first; i < steps.size(); i++) {
      steps.set(i, steps.get(i).withAt(steps.get(i).at().plus(by)));
    }
    return scenario.withSteps(steps).withLength(scenario.length().plus(by));
  }

  private static Duration roundedUp(Duration time, Duration grain) {
    long unit = grain.toNanos();
    return Duration.ofNanos((time.toNanos() + unit - 1) / unit * unit);
  }
}

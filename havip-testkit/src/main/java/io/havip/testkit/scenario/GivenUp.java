package io.havip.testkit.scenario;

import io.havip.core.check.Check;
import io.havip.core.check.Finding;
import io.havip.core.check.Scene;
import io.havip.core.check.Verdict;
import io.havip.testkit.sim.Stuck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is left of a run that was given up because code in it did not return. */
final class GivenUp {

  private GivenUp() {}

  /**
   * The outcome of the run.
   *
   * @param ended what the run made of itself after it had been interrupted; empty if it did not
   *     end, and then nothing that it knows may be looked at
   */
  static Outcome outcome(
      Scenario scenario, List<Check> checks, Stuck stuck, Optional<Outcome> ended) {
    Finding error = new Finding(Outcome.ERROR, stuck.nanos(), stuck.describe());
    if (ended.isEmpty()) {
      return new Outcome(
          scenario,
          scene(scenario),
          List.of(error),
          unknown(checks),
          Map.of(),
          stuck.events(),
          0,
          stuck.nanos(),
          List.of(),
          List.of(),
          Optional.of(stuck));
    }
    Outcome cut = ended.get();
    // What was found while and after it was interrupted is the interruption's doing.
    List<Finding> findings =
        new ArrayList<>(cut.findings().stream().filter(f -> f.at() < stuck.nanos()).toList());
    List<String> before = findings.stream().map(Finding::check).toList();
    Map<String, Verdict> verdicts = new LinkedHashMap<>(cut.verdicts());
    verdicts.replaceAll((id, verdict) ->
        verdict == Verdict.FAIL && !before.contains(id) ? Verdict.UNKNOWN : verdict);
    verdicts.put(Outcome.ERROR, Verdict.FAIL);
    findings.add(error);
    return new Outcome(
        scenario,
        cut.scene(),
        findings,
        verdicts,
        cut.unsupported(),
        cut.events(),
        cut.trace(),
        cut.nanos(),
        cut.sightings(),
        cut.records(),
        Optional.of(stuck));
  }

  private static Map<String, Verdict> unknown(List<Check> checks) {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    checks.forEach(check -> verdicts.put(check.id(), Verdict.UNKNOWN));
    verdicts.put(Outcome.ERROR, Verdict.FAIL);
    return verdicts;
  }

  /** The members without what the service under test adds to them: making it may be what hangs. */
  private static Scene scene(Scenario scenario) {
    return ScenarioRun.scene(
        scenario,
        scenario.members().stream()
            .map(member ->
                new Scene.Actor(
                    member.name(),
                    member
                        .router()
                        .builder(member.address(), ScenarioRules.others(member, scenario.members()))
                        .build(),
                    member.fence()))
            .toList());
  }
}

package io.havip.testkit.scenario;

import io.havip.core.check.Finding;
import io.havip.core.check.Scene;
import io.havip.core.check.Sighting;
import io.havip.core.check.Verdict;
import io.havip.testkit.report.FailoverRun;
import io.havip.testkit.sim.Stuck;
import io.havip.testkit.sim.TraceRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a scenario when it ran.
 *
 * @param scenario what ran
 * @param scene the members as they were judged
 * @param findings what was violated, in the order of time; {@link #ERROR} if code threw or a bound
 *     of the run was broken, which ends it
 * @param verdicts the verdict of each property by its id
 * @param unsupported why a property is unsupported, by its id
 * @param events how many events happened
 * @param trace the hash of the trace: equal for equal runs
 * @param nanos virtual time at the end
 * @param sightings what was seen, in the order of time; empty if the run was not recorded
 * @param records the trace; empty if the run was not recorded
 * @param stuck where code did not return, so that the run was given up with an {@link #ERROR};
 *     empty if it was not. Events and trace are then those until the run ended, or zero if it did
 *     not even do that
 */
public record Outcome(
    Scenario scenario,
    Scene scene,
    List<Finding> findings,
    Map<String, Verdict> verdicts,
    Map<String, String> unsupported,
    long events,
    long trace,
    long nanos,
    List<Sighting> sightings,
    List<TraceRecord> records,
    Optional<Stuck> stuck) {

  /**
   * The id of the finding that code of a process threw, that it did not return, or that the run
   * broke a bound.
   */
  public static final String ERROR = "ERROR";

  /** Copies the collections. */
  public Outcome {
    findings = List.copyOf(findings);
    verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    unsupported = Map.copyOf(unsupported);
    sightings = List.copyOf(sightings);
    records = List.copyOf(records);
  }

  /** {@return the ids of the properties that were violated, in the order of their findings} */
  public List<String> violated() {
    return findings.stream().map(Finding::check).distinct().toList();
  }

  /**
   * {@return the first violation of a property}
   *
   * @param property its id
   */
  public Optional<Finding> finding(String property) {
    return findings.stream().filter(f -> f.check().equals(property)).findFirst();
  }

  /** {@return the scenario as a file, with the violations and the hash of the trace} */
  public ScenarioFile file() {
    return new ScenarioFile(scenario, violated(), OptionalLong.of(trace));
  }

  /**
   * The run for {@link io.havip.testkit.report.FailoverReport}.
   *
   * @param reproduce one line to paste into a shell that does it again; empty if there is none
   * @param code Java to paste; empty if there is none
   * @return the run
   */
  public FailoverRun drawn(String reproduce, String code) {
    return new FailoverRun(
        scenario.title(),
        Long.toString(scenario.seed()),
        reproduce,
        code,
        Math.max(1, nanos),
        scene,
        sightings,
        findings,
        verdicts,
        records);
  }
}

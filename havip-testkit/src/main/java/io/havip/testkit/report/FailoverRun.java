package io.havip.testkit.report;

import io.havip.core.check.Finding;
import io.havip.core.check.Scene;
import io.havip.core.check.Sighting;
import io.havip.core.check.Verdict;
import io.havip.core.vpc.ConsolePage;
import io.havip.testkit.sim.TraceRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run as its report needs it.
 *
 * @param title what the run is about, in a few words
 * @param seed the seed, as a person types it; empty if the stage has none
 * @param reproduce one line to paste into a shell that does it again; empty if there is none
 * @param scenario the scenario as code to paste; empty if there is none
 * @param end nanoseconds on the clock of the sightings at which the run ended; positive
 * @param scene the members, and the bounds of delay and lateness
 * @param sightings what was seen, not before zero, in the order of time
 * @param findings what was violated, in the order in which it was found
 * @param verdicts the verdict of each check by its id; empty if nothing was judged
 * @param records the trace; empty if the stage keeps none, and then there are neither arrows nor
 *     chains of causes
 * @param console what the cloud's console showed; empty if there is no cloud, or nobody looked
 */
public record FailoverRun(
    String title,
    String seed,
    String reproduce,
    String scenario,
    long end,
    Scene scene,
    List<Sighting> sightings,
    List<Finding> findings,
    Map<String, Verdict> verdicts,
    List<TraceRecord> records,
    Optional<ConsolePage> console) {

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if the run has no length
   */
  public FailoverRun {
    if (end <= 0) {
      throw new IllegalArgumentException("a run of " + end + " ns has nothing to draw");
    }
    sightings = List.copyOf(sightings);
    findings = List.copyOf(findings);
    verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    records = List.copyOf(records);
  }

  /**
   * A run without a cloud.
   *
   * @param title what the run is about, in a few words
   * @param seed the seed, as a person types it; empty if the stage has none
   * @param reproduce one line to paste into a shell that does it again; empty if there is none
   * @param scenario the scenario as code to paste; empty if there is none
   * @param end nanoseconds on the clock of the sightings at which the run ended; positive
   * @param scene the members, and the bounds of delay and lateness
   * @param sightings what was seen, not before zero, in the order of time
   * @param findings what was violated, in the order in which it was found
   * @param verdicts the verdict of each check by its id; empty if nothing was judged
   * @param records the trace; empty if the stage keeps none
   */
  public FailoverRun(
      String title,
      String seed,
      String reproduce,
      String scenario,
      long end,
      Scene scene,
      List<Sighting> sightings,
      List<Finding> findings,
      Map<String, Verdict> verdicts,
      List<TraceRecord> records) {
    this(
        title,
        seed,
        reproduce,
        scenario,
        end,
        scene,
        sightings,
        findings,
        verdicts,
        records,
        Optional.empty());
  }

  /**
   * {@return the same run with what the cloud's console showed}
   *
   * @param page the looks at the console, in the order of time
   */
  public FailoverRun withConsole(ConsolePage page) {
    return new FailoverRun(
        title,
        seed,
        reproduce,
        scenario,
        end,
        scene,
        sightings,
        findings,
        verdicts,
        records,
        Optional.of(page));
  }
}

package io.havip.testkit.swarm;

import io.havip.core.check.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts what many runs of a swarm have proved, so that nothing passes in silence: a check whose
 * occasion never came, or a fault that never struck, is named. Not thread-safe.
 */
public final class SwarmTally {

  private final Map<String, Map<Verdict, Integer>> verdicts = new TreeMap<>();
  private final EnumMap<FaultKind, Integer> kinds = new EnumMap<>(FaultKind.class);
  private final List<SwarmResult> failures = new ArrayList<>();
  private int runs;

  /** Makes a tally of no runs. */
  public SwarmTally() {}

  /**
   * Counts a run.
   *
   * @param result the run
   */
  public void add(SwarmResult result) {
    runs++;
    result
        .verdicts()
        .forEach((id, verdict) ->
            verdicts
                .computeIfAbsent(id, ignored -> new EnumMap<>(Verdict.class))
                .merge(verdict, 1, Integer::sum));
    if (!result.strikes().isEmpty()) {
      result.kinds().forEach(kind -> kinds.merge(kind, 1, Integer::sum));
    }
    if (result.verdict() == Verdict.FAIL) {
      failures.add(result);
    }
  }

  /** {@return how many runs were counted} */
  public int runs() {
    return runs;
  }

  /** {@return the runs that failed, in order} */
  public List<SwarmResult> failures() {
    return Collections.unmodifiableList(failures);
  }

  /** {@return how often each check had which verdict, by its id} */
  public Map<String, Map<Verdict, Integer>> verdicts() {
    return Collections.unmodifiableMap(verdicts);
  }

  /** {@return the checks whose occasion came in none of the runs, by their ids} */
  public List<String> unproven() {
    return verdicts.entrySet().stream()
        .filter(e -> !e.getValue().containsKey(Verdict.PASS))
        .filter(e -> !e.getValue().containsKey(Verdict.FAIL))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** {@return the kinds of faults that no run might have used} */
  public Set<FaultKind> unused() {
    EnumSet<FaultKind> all = EnumSet.allOf(FaultKind.class);
    all.removeAll(kinds.keySet());
    return all;
  }
}

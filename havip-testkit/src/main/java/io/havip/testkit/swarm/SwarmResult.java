package io.havip.testkit.swarm;

import io.havip.core.check.Finding;
import io.havip.core.check.Verdict;
import io.havip.testkit.sim.Fault;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What came of a run of a swarm.
 *
 * @param seed the seed of the run
 * @param kinds what might strike
 * @param strikes what struck, in order, without what healed the core
 * @param core who was healed
 * @param findings what was broken, in order
 * @param verdicts the verdict of each check by its id
 * @param events how many events the run had
 * @param hash of the trace; the same for the same seed if the simulation keeps one
 */
public record SwarmResult(
    long seed,
    Set<FaultKind> kinds,
    List<Strike> strikes,
    List<String> core,
    List<Finding> findings,
    Map<String, Verdict> verdicts,
    long events,
    long hash) {

  /** Copies the collections. */
  public SwarmResult {
    EnumSet<FaultKind> copy = EnumSet.noneOf(FaultKind.class);
    copy.addAll(kinds);
    kinds = Collections.unmodifiableSet(copy);
    strikes = List.copyOf(strikes);
    core = List.copyOf(core);
    findings = List.copyOf(findings);
    verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
  }

  /**
   * A fault and when it struck.
   *
   * @param at virtual time
   * @param fault the fault
   */
  public record Strike(Duration at, Fault fault) {}

  /**
   * The verdict on the run as a whole.
   *
   * @return FAIL if anything was broken; UNKNOWN if the group was never seen to be of one mind, for
   *     then the run proves nothing; else PASS
   */
  public Verdict verdict() {
    if (!findings.isEmpty()) {
      return Verdict.FAIL;
    }
    return verdicts.get("S2") == Verdict.PASS ? Verdict.PASS : Verdict.UNKNOWN;
  }

  /** {@return the run for a person: seed, strikes and findings, a line each} */
  public String describe() {
    return "seed "
        + seed
        + ", core "
        + core
        + strikes.stream()
            .map(s -> "\n  " + s.at().toMillis() + " ms: " + s.fault().describe())
            .collect(Collectors.joining())
        + findings.stream()
            .map(f -> "\n" + f.check() + " at " + f.at() / 1_000_000 + " ms: " + f.what())
            .collect(Collectors.joining());
  }
}

package io.havip.core.lint;

import java.util.List;
import java.util.Set;

/**
 * What came of a check.
 *
 * @param findings what does not fit, in the order of the files and of the rules
 * @param failoverTimes one for each virtual router that was read
 * @param notChecked the rules for which the profile says too little
 */
public record LintReport(
    List<Finding> findings, List<FailoverTime> failoverTimes, Set<CloudRule> notChecked) {

  /** Copies the parts. */
  public LintReport {
    findings = List.copyOf(findings);
    failoverTimes = List.copyOf(failoverTimes);
    notChecked = Set.copyOf(notChecked);
  }

  /**
   * Whether the configuration will not work in this cloud.
   *
   * @return true if a finding is an error
   */
  public boolean hasErrors() {
    return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
  }
}

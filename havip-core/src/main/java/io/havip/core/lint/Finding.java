package io.havip.core.lint;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing that does not fit the cloud.
 *
 * @param rule the rule
 * @param severity how bad it is
 * @param place where it was written
 * @param subject the virtual router, check or interface it is about
 * @param what what is wrong and what comes of it, without a full stop
 * @param advice what to do, without a full stop
 */
public record Finding(
    CloudRule rule, Severity severity, Place place, String subject, String what, String advice) {

  /** How bad a finding is. */
  public enum Severity {
    /** The address will not work, or will not move, in this cloud. */
    ERROR,
    /** It works, but moves late or more often than it needs to, or does not do what is written. */
    WARNING;

    /**
     * The word used in reports.
     *
     * @return {@code error} or {@code warning}
     */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses null parts. */
  public Finding {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(advice, "advice");
  }

  /**
   * One line in the form compilers use, without the advice.
   *
   * @return for example {@code a.conf:12:9: error: VI_1: 10.0.0.1 is reserved ... [vip-reserved]}
   */
  public String describe() {
    return "%s: %s: %s: %s [%s]".formatted(place, severity.word(), subject, what, rule.id());
  }
}

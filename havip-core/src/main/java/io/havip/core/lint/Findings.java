package io.havip.core.lint;

import io.havip.core.lint.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what the rules find. */
final class Findings {

  private final List<Finding> found = new ArrayList<>();

  void error(CloudRule rule, Place place, String subject, String what, String advice) {
    found.add(new Finding(rule, Severity.ERROR, place, subject, what, advice));
  }

  void warn(CloudRule rule, Place place, String subject, String what, String advice) {
    found.add(new Finding(rule, Severity.WARNING, place, subject, what, advice));
  }

  List<Finding> all() {
    return found;
  }
}

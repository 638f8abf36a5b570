package io.havip.testkit.scenario;

import io.havip.core.check.Finding;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.TraceKind;
import io.havip.testkit.sim.TraceRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What in a recorded run can have caused a violation, by its chains of causes: what led to anything
 * that the members did of which the violation tells, and whoever fell silent for them. The rest
 * need not be tried one by one. A guess: who removes the rest looks whether the violation stays.
 */
final class Suspects {

  /** How many adverts may be missed before nobody waits for the next. */
  private static final int PATIENCE = 4;

  private final Outcome outcome;
  private final Finding finding;
  private final Map<Long, TraceRecord> byNumber = new HashMap<>();
  private final Set<Long> causes = new HashSet<>();
  private final Set<String> told = new LinkedHashSet<>();
  private final Set<String> involved = new LinkedHashSet<>();
  private final List<Step> steps = new ArrayList<>();

  private Suspects(Outcome outcome, Finding finding) {
    this.outcome = outcome;
    this.finding = finding;
  }

  static Suspects of(Outcome recorded, Finding finding) {
    Suspects suspects = new Suspects(recorded, finding);
    suspects.search();
    return suspects;
  }

  /** The steps that can have caused it. */
  List<Step> steps() {
    return steps;
  }

  /** The members that had a part in it. */
  Set<String> members() {
    return involved;
  }

  private void search() {
    outcome.records().forEach(line -> byNumber.put(line.number(), line));
    for (Member member : outcome.scenario().members()) {
      String word = "(?<![\\w.-])" + Pattern.quote(member.name()) + "(?![\\w.-])";
      if (Pattern.compile(word).matcher(finding.what()).find()) {
        told.add(member.name());
      }
    }
    if (told.isEmpty()) {
      outcome.scenario().members().forEach(member -> told.add(member.name()));
    }
    involved.addAll(told);
    Deque<Long> open = new ArrayDeque<>();
    for (TraceRecord line : outcome.records()) {
      if (line.nanos() <= finding.at() && told.contains(line.host()) && tells(line.kind())) {
        open.add(line.number());
      }
    }
    follow(open);
    for (Step step : outcome.scenario().steps()) {
      if (step.at().toNanos() <= finding.at() && (led(step) || silenced(step))) {
        steps.add(step);
        involved.addAll(hosts(step));
      }
    }
  }

  private static boolean tells(TraceKind kind) {
    return kind == TraceKind.NODE || kind == TraceKind.ADDRESS || kind == TraceKind.ERROR;
  }

  private void follow(Deque<Long> open) {
    while (!open.isEmpty()) {
      long number = open.remove();
      if (number != 0 && causes.add(number)) {
        TraceRecord line = byNumber.get(number);
        if (line != null) {
          open.add(line.cause());
        }
      }
    }
  }

  /** Whether something the members did goes back to it. */
  private boolean led(Step step) {
    for (TraceRecord line : outcome.records()) {
      if (line.nanos() == step.at().toNanos()
          && causes.contains(line.number())
          && line.detail().equals(words(step))) {
        return true;
      }
    }
    return false;
  }

  private static String words(Step step) {
    return switch (step.what()) {
      case Happening.Strike strike -> strike.fault().describe();
      case Happening.Health health -> HappeningText.text(health);
    };
  }

  /** Whether it silences somebody who is part of it, or who was being listened to. */
  private boolean silenced(Step step) {
    if (!(step.what() instanceof Happening.Strike strike) || !silences(strike.fault())) {
      return false;
    }
    List<String> hosts = hosts(step);
    return hosts.isEmpty()
        || hosts.stream().anyMatch(host -> told.contains(host) || spoke(host, step));
  }

  private boolean spoke(String host, Step step) {
    Duration interval = Duration.ZERO;
    for (Member member : outcome.scenario().members()) {
      Duration own = member.router().interval();
      interval = own.compareTo(interval) > 0 ? own : interval;
    }
    long to = step.at().toNanos();
    long from = to - interval.multipliedBy(PATIENCE).toNanos();
    for (TraceRecord line : outcome.records()) {
      if (line.kind() == TraceKind.SEND
          && line.host().equals(host)
          && line.nanos() >= from
          && line.nanos() <= to) {
        return true;
      }
    }
    return false;
  }

  /** Its effect is that something does not happen, which leaves no chain of causes. */
  private static boolean silences(Fault fault) {
    return (fault.undone().isPresent() && !(fault instanceof Fault.JumpWallClock))
        || fault instanceof Fault.Impair
        || fault instanceof Fault.ImpairAll;
  }

  static List<String> hosts(Step step) {
    return switch (step.what()) {
      case Happening.Health health -> List.of(health.member());
      case Happening.Strike strike -> {
        FaultParts parts = FaultParts.of(strike.fault());
        List<String> all = new ArrayList<>(parts.hosts());
        all.addAll(parts.stations());
        yield all;
      }
    };
  }
}

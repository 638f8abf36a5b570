package io.havip.testkit.log;

import io.havip.VirtualRouterConfig;
import io.havip.core.check.Catalogue;
import io.havip.core.check.Check;
import io.havip.core.check.Scene;
import io.havip.core.check.Sense;
import io.havip.core.check.Sighting;
import io.havip.core.check.Trial;
import io.havip.testkit.report.FailoverRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One virtual router as the logs of its members tell of it: what was seen, and how it is judged.
 */
public final class RecordedRun {

  /** What can be asked when members are missing: whatever they did, this may not happen. */
  private static final Set<String> WHATEVER_OTHERS_DO = Set.of("S1", "S3", "S8");

  private final int vrid;
  private final Scene scene;
  private final List<Sighting> sightings;
  private final List<LogProblem> problems;
  private final boolean clocksAgree;
  private final boolean complete;
  private final long end;

  private RecordedRun(
      int vrid, Scene scene, List<MemberLog> members, List<LogProblem> clocks, boolean complete) {
    this.vrid = vrid;
    this.scene = scene;
    this.complete = complete;
    clocksAgree = clocks.isEmpty();
    long first = members.stream().mapToLong(MemberLog::first).min().orElse(0);
    long last = members.stream().mapToLong(MemberLog::last).max().orElse(0);
    end = Math.max(1, last - first);
    List<Sighting> all = new ArrayList<>();
    members.forEach(m -> all.addAll(m.sightings(last)));
    List<Sighting> ordered =
        all.stream()
            .map(s -> Shift.by(s, first))
            .sorted(Comparator.comparingLong(Sighting::at))
            .toList();
    sightings = ordered.stream().filter(s -> s.at() <= end).toList();
    problems = new ArrayList<>(clocks);
    members.forEach(m -> problems.addAll(m.problems()));
  }

  /**
   * How to read the logs.
   *
   * @param offsets what to add to the clock of a member's host, by the member's name
   * @param tolerance how far the clocks of hosts may differ all the same, with the time a message
   *     takes
   * @param lateness how late a process may run and write when nothing is wrong
   * @param complete whether the logs of all members are given
   */
  public record Reading(
      Map<String, Duration> offsets, Duration tolerance, Duration lateness, boolean complete) {

    /** Copies the map. */
    public Reading {
      offsets = Map.copyOf(offsets);
    }
  }

  /**
   * Puts logs together: one run for each virtual router, in the order of the first log.
   *
   * @param logs one for each member
   * @param reading how to read them
   * @return the runs, at least one
   */
  public static List<RecordedRun> of(List<RecordedLog> logs, Reading reading) {
    Set<Integer> vrids = new LinkedHashSet<>();
    logs.forEach(log -> log.routers().forEach(r -> vrids.add(r.vrid())));
    return vrids.stream().map(vrid -> of(vrid, logs, reading)).toList();
  }

  private static RecordedRun of(int vrid, List<RecordedLog> logs, Reading reading) {
    List<MemberLog> members = new ArrayList<>();
    for (RecordedLog log : logs) {
      for (VirtualRouterConfig router : log.routers()) {
        if (router.vrid() == vrid) {
          String name = unique(log, members);
          Duration offset = reading.offsets().getOrDefault(name, Duration.ZERO);
          members.add(new MemberLog(log, name, router, offset, reading.lateness()));
        }
      }
    }
    Scene scene =
        new Scene(
            members.stream().map(m -> new Scene.Actor(m.name(), m.router())).toList(),
            reading.tolerance(),
            reading.lateness(),
            EnumSet.of(Sense.STATES, Sense.ADDRESSES, Sense.TROUBLE));
    List<LogProblem> clocks = ClockCheck.of(members, reading.tolerance());
    return new RecordedRun(vrid, scene, members, clocks, reading.complete() && members.size() > 1);
  }

  /** Two hosts may have given their nodes one name. */
  private static String unique(RecordedLog log, List<MemberLog> others) {
    boolean taken = others.stream().anyMatch(m -> m.name().equals(log.member()));
    return taken ? log.file() : log.member();
  }

  /** {@return the VRID of the group} */
  public int vrid() {
    return vrid;
  }

  /** {@return the members, and how far clocks and processes are trusted} */
  public Scene scene() {
    return scene;
  }

  /** {@return what was seen, in the order of time, from zero} */
  public List<Sighting> sightings() {
    return sightings;
  }

  /** {@return what a person should know before believing a verdict; those of the lines apart} */
  public List<LogProblem> problems() {
    return List.copyOf(problems);
  }

  /** {@return whether the hosts' clocks agree so far that a verdict means something} */
  public boolean clocksAgree() {
    return clocksAgree;
  }

  /** {@return the run, judged by all checks that such logs can answer} */
  public Trial judge() {
    Trial trial = new Trial(scene, checks());
    sightings.forEach(trial::see);
    trial.advance(end);
    return trial;
  }

  private List<Check> checks() {
    return Catalogue.all().stream()
        .filter(c -> complete || WHATEVER_OTHERS_DO.contains(c.id()))
        .toList();
  }

  /**
   * {@return the run for {@link io.havip.testkit.report.FailoverReport}}
   *
   * @param title what it is about
   * @param again the command that draws it again
   * @param trial as {@link #judge} gave it
   */
  public FailoverRun report(String title, String again, Trial trial) {
    return new FailoverRun(
        title, "", again, "", end, scene, sightings, trial.findings(), trial.verdicts(), List.of());
  }
}

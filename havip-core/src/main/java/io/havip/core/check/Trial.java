package io.havip.core.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows one run with a set of checks and gives each its verdict. Not thread-safe. */
public final class Trial {

  private final List<Seat> seats = new ArrayList<>();
  private final Map<String, String> unsupported = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Consumer<? super Finding> whenBroken;
  private final Picture picture;
  private long now = Long.MIN_VALUE;
  private long next = Long.MAX_VALUE;

  /**
   * Opens a trial.
   *
   * @param scene what the run is about
   * @param checks the properties to judge it by
   */
  public Trial(Scene scene, List<? extends Check> checks) {
    this(scene, checks, null);
  }

  /**
   * Opens a trial without end, which keeps no violation but tells of each.
   *
   * @param scene what the run is about
   * @param checks the properties to judge it by
   * @param whenBroken told of each violation at once; {@link #findings} stays empty and no verdict
   *     is {@link Verdict#FAIL}
   * @return the trial
   */
  public static Trial endless(
      Scene scene, List<? extends Check> checks, Consumer<? super Finding> whenBroken) {
    return new Trial(scene, checks, whenBroken);
  }

  private Trial(
      Scene scene, List<? extends Check> checks, @Nullable Consumer<? super Finding> whenBroken) {
    this.whenBroken = whenBroken == null ? findings::add : whenBroken;
    picture = new Picture(scene);
    for (Check check : checks) {
      Set<Sense> missing = new TreeSet<>(check.needs());
      missing.removeAll(scene.senses());
      if (!missing.isEmpty()) {
        unsupported.put(check.id(), "this stage does not see " + missing);
      } else {
        check
            .outside(scene)
            .ifPresentOrElse(
                why -> unsupported.put(check.id(), why), () -> seats.add(new Seat(check, scene)));
      }
    }
  }

  /**
   * Something was seen.
   *
   * @param sighting what; not before the last one
   */
  public void see(Sighting sighting) {
    if (sighting.at() < now) {
      throw new IllegalArgumentException(
          "a sighting of " + sighting.at() + " ns comes after one of " + now + " ns: " + sighting);
    }
    advance(sighting.at());
    picture.see(sighting);
    Sense sense = sighting.sense();
    for (int i = 0; i < seats.size(); i++) {
      Seat seat = seats.get(i);
      if (seat.senses.contains(sense)) {
        seat.judge.see(sighting, seat);
      }
    }
    rearm();
  }

  /**
   * Time has passed. Cheap while no deadline of a judge has come.
   *
   * @param to the time
   */
  public void advance(long to) {
    while (next <= to) {
      long deadline = next;
      for (Seat seat : seats) {
        if (seat.judge.nextDeadline() <= deadline) {
          seat.judge.due(deadline, seat);
        }
      }
      rearm();
      if (next <= deadline) {
        throw new IllegalStateException("a judge does not let time pass after " + deadline + " ns");
      }
    }
    now = Math.max(now, to);
  }

  private void rearm() {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < seats.size(); i++) {
      earliest = Math.min(earliest, seats.get(i).judge.nextDeadline());
    }
    next = earliest;
  }

  /**
   * {@return until when {@link #advance} need not be called if nothing is seen; {@link
   * Long#MAX_VALUE} for never}
   */
  public long nextDeadline() {
    return next;
  }

  /** {@return the group as it stands} */
  public Picture picture() {
    return picture;
  }

  /** {@return what was broken so far, in order} */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** {@return the verdict of every check so far, in the order given} */
  public Map<String, Verdict> verdicts() {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    unsupported.keySet().forEach(id -> verdicts.put(id, Verdict.UNSUPPORTED));
    for (Seat seat : seats) {
      boolean failed = findings.stream().anyMatch(f -> f.check().equals(seat.id));
      verdicts.put(
          seat.id, failed ? Verdict.FAIL : seat.judge.tried() ? Verdict.PASS : Verdict.UNKNOWN);
    }
    return verdicts;
  }

  /** {@return why a check is unsupported, by id} */
  public Map<String, String> unsupported() {
    return Map.copyOf(unsupported);
  }

  private final class Seat implements Check.Court {
    private final String id;
    private final EnumSet<Sense> senses;
    private final Check.Judge judge;

    private Seat(Check check, Scene scene) {
      id = check.id();
      senses = EnumSet.copyOf(check.needs());
      judge = check.judge(scene, picture);
    }

    @Override
    public void violated(long at, String what) {
      whenBroken.accept(new Finding(id, at, what));
    }
  }
}

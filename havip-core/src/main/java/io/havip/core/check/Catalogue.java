package io.havip.core.check;

import java.util.List;

/** The named properties of {@code docs/properties.md}. */
public final class Catalogue {

  private Catalogue() {}

  /** {@return every check that is built, S before L, in the order of their numbers} */
  public static List<Check> all() {
    return List.of(
        new StrictUniqueness(),
        new StableUniqueness(),
        new BoundedOverlap(),
        new OnePerComponent(),
        new OnlyActiveHolds(),
        new OnlyActiveSpeaks(),
        new NoUnexplainedChange(),
        new NoPreemption(),
        new PreemptDelay(),
        Undisturbed.byStrangers(),
        Undisturbed.byTheWallClock(),
        AfterCrash.takeover(),
        new GracefulLeave(),
        new AloneAtStart(),
        new HighestPriorityWins(),
        AfterCrash.singleSuccessor(),
        new NoFalseTakeover(),
        new NeighborsFollow(),
        new Withdrawal(),
        new RemovalRepaired());
  }

  /**
   * One check.
   *
   * @param id such as {@code S3}
   * @return the check
   * @throws IllegalArgumentException if there is none of that id
   */
  public static Check named(String id) {
    for (Check check : all()) {
      if (check.id().equals(id)) {
        return check;
      }
    }
    throw new IllegalArgumentException(
        "there is no check " + id + ", only " + all().stream().map(Check::id).toList());
  }
}

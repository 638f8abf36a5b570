package io.havip.core.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The named properties of {@code docs/properties.md}. */
public final class Catalogue {

  private Catalogue() {}

  /** {@return every check that judges one run, S before L, in the order of their numbers} */
  public static List<Check> all() {
    return List.of(
        new StrictUniqueness(),
        new StableUniqueness(),
        new BoundedOverlap(),
        new OnePerComponent(),
        new OneCloudOwner(),
        new NoStaleWrite(),
        new RisingEpochs(),
        new OnlyActiveHolds(),
        new OnlyActiveSpeaks(),
        new NoUnexplainedChange(),
        new NoPreemption(),
        new PreemptDelay(),
        new SyncTogether(),
        Undisturbed.byStrangers(),
        new OtherListTold(),
        new OwnAddressHeard(),
        Undisturbed.byTheWallClock(),
        new CallsInOrder(),
        AfterCrash.takeover(),
        new GracefulLeave(),
        new AloneAtStart(),
        new HighestPriorityWins(),
        AfterCrash.singleSuccessor(),
        new NoFalseTakeover(),
        new NeighborsFollow(),
        new Withdrawal(),
        new MappingFollows(),
        new RemovalRepaired(),
        new QuietReconfiguration(),
        new CloudPolicy());
  }

  /**
   * {@return every property, S before L, in the order of their numbers: the checks, and those that
   * compare runs or count in many}
   */
  public static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>(all());
    rules.add(new NonInterference());
    rules.add(new LossTolerance(0.1));
    rules.sort(
        Comparator.comparing((Rule rule) -> rule.id().startsWith("L"))
            .thenComparing(rule -> Integer.valueOf(rule.id().substring(1))));
    return List.copyOf(rules);
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

package io.havip;

import java.time.Duration;

/**
 * When a router that became ACTIVE announces its addresses by gratuitous ARP or neighbour
 * advertisement. The defaults are Keepalived's.
 *
 * @param repeat announcements of each address in a round, at least 1
 * @param secondRoundDelay time from the first round to the second; zero for no second round
 * @param refresh time between refresh rounds while ACTIVE; zero for none
 * @param refreshRepeat announcements of each address in a refresh round, at least 1
 * @param lowerPriorityRepeat announcements of each address when a member of lower priority was
 *     heard; 0 for none
 * @param lowerPriorityDelay time from that round to its second; zero for no second round
 */
public record Announcements(
    int repeat,
    Duration secondRoundDelay,
    Duration refresh,
    int refreshRepeat,
    int lowerPriorityRepeat,
    Duration lowerPriorityDelay) {

  /** Five at once, five after 5 s, no refresh. */
  public static final Announcements DEFAULT =
      new Announcements(5, Duration.ofSeconds(5), Duration.ZERO, 1, 5, Duration.ofSeconds(5));

  /** Checks the ranges. */
  public Announcements {
    require(repeat >= 1 && refreshRepeat >= 1, "repeats must be at least 1");
    require(lowerPriorityRepeat >= 0, "the lower-priority repeat must not be negative");
    require(
        !secondRoundDelay.isNegative() && !refresh.isNegative() && !lowerPriorityDelay.isNegative(),
        "delays must not be negative");
  }

  /**
   * {@return the same schedule with another refresh}
   *
   * @param interval time between refresh rounds, zero for none
   */
  public Announcements withRefresh(Duration interval) {
    return new Announcements(
        repeat, secondRoundDelay, interval, refreshRepeat, lowerPriorityRepeat, lowerPriorityDelay);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new HavipConfigException("announcements: " + message);
    }
  }
}

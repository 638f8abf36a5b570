package io.havip;

import io.havip.net.IpFamily;
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
 * @param arpSpacing least time between two gratuitous ARPs of one interface, all its routers taken
 *     together; zero for none. Adverts never wait for them
 * @param neighborAdvertSpacing the same for neighbour advertisements (IPv6)
 */
public record Announcements(
    int repeat,
    Duration secondRoundDelay,
    Duration refresh,
    int refreshRepeat,
    int lowerPriorityRepeat,
    Duration lowerPriorityDelay,
    Duration arpSpacing,
    Duration neighborAdvertSpacing) {

  /** Five at once, five after 5 s, no refresh. */
  public static final Announcements DEFAULT =
      new Announcements(5, Duration.ofSeconds(5), Duration.ZERO, 1, 5, Duration.ofSeconds(5));

  /** One at once and no more: Keepalived's {@code vrrp_min_garp}. */
  public static final Announcements MINIMAL =
      new Announcements(1, Duration.ZERO, Duration.ZERO, 1, 1, Duration.ZERO);

  /** Checks the ranges. */
  public Announcements {
    require(repeat >= 1 && refreshRepeat >= 1, "repeats must be at least 1");
    require(lowerPriorityRepeat >= 0, "the lower-priority repeat must not be negative");
    Durations.requireDelay("announcements: the delay of the second round", secondRoundDelay);
    Durations.requireDelay("announcements: the refresh", refresh);
    Durations.requireDelay("announcements: the lower-priority delay", lowerPriorityDelay);
    Durations.requireDelay("announcements: the ARP spacing", arpSpacing);
    Durations.requireDelay(
        "announcements: the neighbour advertisement spacing", neighborAdvertSpacing);
  }

  /**
   * Makes a schedule without spacing.
   *
   * @param repeat announcements of each address in a round, at least 1
   * @param secondRoundDelay time from the first round to the second; zero for no second round
   * @param refresh time between refresh rounds while ACTIVE; zero for none
   * @param refreshRepeat announcements of each address in a refresh round, at least 1
   * @param lowerPriorityRepeat announcements of each address when a member of lower priority was
   *     heard; 0 for none
   * @param lowerPriorityDelay time from that round to its second; zero for no second round
   */
  public Announcements(
      int repeat,
      Duration secondRoundDelay,
      Duration refresh,
      int refreshRepeat,
      int lowerPriorityRepeat,
      Duration lowerPriorityDelay) {
    this(
        repeat,
        secondRoundDelay,
        refresh,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelay,
        Duration.ZERO,
        Duration.ZERO);
  }

  /**
   * {@return the same schedule with another refresh}
   *
   * @param interval time between refresh rounds, zero for none
   */
  public Announcements withRefresh(Duration interval) {
    return new Announcements(
        repeat,
        secondRoundDelay,
        interval,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelay,
        arpSpacing,
        neighborAdvertSpacing);
  }

  /**
   * {@return the same schedule with another spacing of its frames}
   *
   * @param arp least time between two gratuitous ARPs of one interface, zero for none
   * @param neighborAdvert least time between two neighbour advertisements, zero for none
   */
  public Announcements withSpacing(Duration arp, Duration neighborAdvert) {
    return new Announcements(
        repeat,
        secondRoundDelay,
        refresh,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelay,
        arp,
        neighborAdvert);
  }

  /**
   * {@return the spacing that applies to an address}
   *
   * @param family of the address
   */
  public Duration spacing(IpFamily family) {
    return switch (family) {
      case IPV4 -> arpSpacing;
      case IPV6 -> neighborAdvertSpacing;
    };
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new HavipConfigException("announcements: " + message);
    }
  }
}

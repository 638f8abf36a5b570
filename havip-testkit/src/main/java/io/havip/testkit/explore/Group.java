package io.havip.testkit.explore;

import io.havip.VirtualRouterConfig;
import io.havip.core.election.ElectionConfig;
import io.havip.net.IpAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is explored: the members of one group, how badly the network may treat them, and how often
 * they may fail.
 *
 * @param routers the configuration of each member; member i sends from 10.0.0.(i + 1)
 * @param longestDelay how long an advert may be under way
 * @param losses adverts that may be lost in one history
 * @param failures crashes and orderly stops in one history
 */
public record Group(
    List<VirtualRouterConfig> routers, Duration longestDelay, int losses, int failures) {

  /** Copies the list and checks the ranges. */
  public Group {
    routers = List.copyOf(routers);
    if (routers.size() < 2 || routers.size() > 4) {
      throw new IllegalArgumentException("a group to explore has 2 to 4 members");
    }
    if (longestDelay.isNegative() || losses < 0 || failures < 0) {
      throw new IllegalArgumentException("delays and counts must not be negative");
    }
  }

  /**
   * {@return version 3 members with adverts every second, adverts under way for up to 100 ms, no
   * quick claims, one loss and one failure}
   *
   * @param priorities one a member
   */
  public static Group of(int... priorities) {
    List<VirtualRouterConfig> routers =
        Arrays.stream(priorities)
            .mapToObj(p ->
                VirtualRouterConfig.builder("VI_1")
                    .interfaceName("eth0")
                    .vrid(51)
                    .priority(p)
                    .quickClaim(Duration.ZERO)
                    .address("10.0.0.100")
                    .build())
            .toList();
    return new Group(routers, Duration.ofMillis(100), 1, 1);
  }

  /**
   * {@return the same group with quick claims within a round trip of 25 ms, and adverts under way
   * for up to 10 ms}
   */
  public Group claimingQuickly() {
    Duration roundTrip = Duration.ofMillis(25);
    return new Group(
        routers.stream().map(r -> r.toBuilder().quickClaim(roundTrip).build()).toList(),
        Duration.ofMillis(10),
        losses,
        failures);
  }

  /**
   * {@return the same group under other conditions}
   *
   * @param newLosses adverts that may be lost
   * @param newFailures crashes and stops
   */
  public Group with(int newLosses, int newFailures) {
    return new Group(routers, longestDelay, newLosses, newFailures);
  }

  IpAddress address(int member) {
    return IpAddress.parse("10.0.0." + (member + 1));
  }

  List<ElectionConfig> elections() {
    return IntStream.range(0, routers.size())
        .mapToObj(i -> ElectionConfig.of(routers.get(i), address(i)))
        .toList();
  }
}

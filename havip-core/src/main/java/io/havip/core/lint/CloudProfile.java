package io.havip.core.lint;

import io.havip.net.Cidr;
import java.time.Duration;
import java.util.List;

/**
 * What is known of the VPC.
 *
 * @param subnets the subnets the virtual addresses are allocated from; empty if not known, and then
 *     addresses are not judged
 * @param multicast whether the VPC carries multicast; it does only where that was asked for
 * @param fastestMove shortest time from an announcement until the cloud sends packets to the new
 *     holder
 * @param slowestMove longest such time
 */
public record CloudProfile(
    List<Cidr> subnets, boolean multicast, Duration fastestMove, Duration slowestMove) {

  /** No subnet known, no multicast, a move in 0.1 to 10 s: what the vendor states today. */
  public static final CloudProfile DEFAULT =
      new CloudProfile(List.of(), false, Duration.ofMillis(100), Duration.ofSeconds(10));

  /**
   * Copies the list and checks the times.
   *
   * @throws IllegalArgumentException if a time is negative or the slowest is below the fastest
   */
  public CloudProfile {
    subnets = List.copyOf(subnets);
    if (fastestMove.isNegative() || slowestMove.compareTo(fastestMove) < 0) {
      throw new IllegalArgumentException(
          "a move takes %s to %s: the first must not be negative or above the second"
              .formatted(fastestMove, slowestMove));
    }
  }

  /**
   * The same VPC with known subnets.
   *
   * @param newSubnets the subnets the virtual addresses are allocated from
   * @return the copy
   */
  public CloudProfile withSubnets(List<Cidr> newSubnets) {
    return new CloudProfile(newSubnets, multicast, fastestMove, slowestMove);
  }

  /**
   * The same VPC with or without multicast.
   *
   * @param newMulticast whether it carries multicast
   * @return the copy
   */
  public CloudProfile withMulticast(boolean newMulticast) {
    return new CloudProfile(subnets, newMulticast, fastestMove, slowestMove);
  }

  /**
   * The same VPC, slower or faster.
   *
   * @param newSlowestMove longest time until the cloud follows an announcement; the shortest
   *     becomes this if it is above
   * @return the copy
   */
  public CloudProfile withSlowestMove(Duration newSlowestMove) {
    Duration fastest = fastestMove.compareTo(newSlowestMove) > 0 ? newSlowestMove : fastestMove;
    return new CloudProfile(subnets, multicast, fastest, newSlowestMove);
  }
}

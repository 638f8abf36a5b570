package io.havip;

import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.wire.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A virtual router at one moment.
 *
 * @param name the router
 * @param state its state
 * @param since when it entered the state
 * @param cause why
 * @param priority its effective priority
 * @param configuredPriority its priority before tracking
 * @param active the member last heard as ACTIVE, while in BACKUP
 * @param activeDownInterval how long silence lasts until this member takes over
 * @param holding whether its addresses are bound here
 * @param fence what removes the addresses if this process cannot
 * @param faults what holds it in FAULT
 * @param counters what it sent, accepted and did
 * @param refusals what it refused, by peer and reason
 */
public record RouterSnapshot(
    String name,
    RouterState state,
    Instant since,
    Cause cause,
    int priority,
    int configuredPriority,
    Optional<IpAddress> active,
    Duration activeDownInterval,
    boolean holding,
    Fence fence,
    List<String> faults,
    Counters counters,
    List<RefusalCount> refusals) {

  /** Copies the lists. */
  public RouterSnapshot {
    faults = List.copyOf(faults);
    refusals = List.copyOf(refusals);
  }

  /**
   * Counts since the start of the node.
   *
   * @param advertsSent adverts handed to the platform, one a peer in unicast
   * @param advertsAccepted adverts that passed every check
   * @param resignationsSent adverts with priority 0 sent
   * @param resignationsAccepted adverts with priority 0 accepted
   * @param announcementsSent gratuitous ARPs and neighbour advertisements sent
   * @param becameActive transitions to ACTIVE
   * @param leftActive transitions from ACTIVE
   */
  public record Counters(
      long advertsSent,
      long advertsAccepted,
      long resignationsSent,
      long resignationsAccepted,
      long announcementsSent,
      long becameActive,
      long leftActive) {}

  /**
   * Packets of one peer refused for one reason.
   *
   * @param peer the sender
   * @param reason why
   * @param count how many
   * @param last when the last one came
   * @param example the last one in words
   */
  public record RefusalCount(
      IpAddress peer, RefusalReason reason, long count, Instant last, String example) {}
}

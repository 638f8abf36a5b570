package io.havip;

import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.wire.ChecksumForm;
import io.havip.wire.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param peers whose adverts it accepted
 * @param cloud the cloud's mapping of each advertised address; empty without a cloud
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
    List<RefusalCount> refusals,
    List<Peer> peers,
    List<CloudMapping> cloud) {

  /** Copies the lists. */
  public RouterSnapshot {
    faults = List.copyOf(faults);
    refusals = List.copyOf(refusals);
    cloud = List.copyOf(cloud);
    peers = List.copyOf(peers);
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

  /**
   * A member whose adverts were accepted.
   *
   * @param address the sender
   * @param advertsAccepted how many, resignations included
   * @param last when the last one came
   * @param priority the priority in the last one; 0 if it resigned
   * @param interval the interval in the last one
   * @param checksums how many adverts had which checksum; a choice only in version 3 over IPv4
   * @param otherAddresses how many of them carried other addresses than are configured here
   */
  public record Peer(
      IpAddress address,
      long advertsAccepted,
      Instant last,
      int priority,
      Duration interval,
      Map<ChecksumForm, Long> checksums,
      long otherAddresses) {

    /** Copies the map. */
    public Peer {
      checksums = Map.copyOf(checksums);
    }
  }
}

package io.havip;

import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.wire.ChecksumForm;
import io.havip.wire.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A virtual router at one moment.
 *
 * @param name the router
 * @param interfaceName the interface of its group
 * @param vrid its VRID
 * @param addresses the addresses of the group
 * @param state its state
 * @param since when it entered the state
 * @param cause why
 * @param priority its effective priority
 * @param configuredPriority its priority before tracking
 * @param parts what tracking makes of it, in the order of the configuration; the sum of the
 *     contributions and the configured priority, kept within 1 to 254, is the effective one
 * @param active the member last heard as ACTIVE, while in BACKUP
 * @param activeDownInterval how long silence lasts until this member takes over
 * @param timers what is due, and in what time
 * @param holding whether its addresses are bound here
 * @param fence what removes the addresses if this process cannot
 * @param faults what holds it in FAULT
 * @param counters what it sent, accepted and did
 * @param refusals what it refused, by peer and reason
 * @param peers whose adverts it accepted
 * @param cloud the cloud's mapping of each advertised address; empty without a cloud
 * @param violations which of the named properties the node saw broken, and how often
 */
public record RouterSnapshot(
    String name,
    String interfaceName,
    int vrid,
    List<IpAddress> addresses,
    RouterState state,
    Instant since,
    Cause cause,
    int priority,
    int configuredPriority,
    List<PriorityPart> parts,
    Optional<IpAddress> active,
    Duration activeDownInterval,
    Timers timers,
    boolean holding,
    Fence fence,
    List<String> faults,
    Counters counters,
    List<RefusalCount> refusals,
    List<Peer> peers,
    List<CloudMapping> cloud,
    List<Violation> violations) {

  /** Copies the lists. */
  public RouterSnapshot {
    addresses = List.copyOf(addresses);
    parts = List.copyOf(parts);
    violations = List.copyOf(violations);
    faults = List.copyOf(faults);
    refusals = List.copyOf(refusals);
    cloud = List.copyOf(cloud);
    peers = List.copyOf(peers);
  }

  /** {@return the packet that was refused last; empty if none was} */
  public Optional<RefusalCount> lastRefusal() {
    return refusals.stream().max(Comparator.comparing(RefusalCount::last));
  }

  /** {@return how many packets were refused, for whatever reason} */
  public long refused() {
    return refusals.stream().mapToLong(RefusalCount::count).sum();
  }

  /**
   * What one dependency does to the priority.
   *
   * @param what the dependency, such as {@code check haproxy}
   * @param condition how it is, such as {@code failed} or {@code value 20}
   * @param contribution what it adds at present, -254 to 254
   * @param fault whether it holds the router in FAULT
   */
  public record PriorityPart(String what, String condition, int contribution, boolean fault) {}

  /**
   * What is due, and in what time; empty for a timer that is not running. A time is negative if it
   * is over and the loop has not come to it.
   *
   * @param activeDown until this member takes over unless it hears an advert (BACKUP)
   * @param preemption until a live member of lower priority is not left alone any more (BACKUP)
   * @param advert until the next own advert (ACTIVE)
   * @param prepare until the application's preparation counts as failed (ACTIVE)
   * @param announcement until the next round of announcements (ACTIVE)
   */
  public record Timers(
      Optional<Duration> activeDown,
      Optional<Duration> preemption,
      Optional<Duration> advert,
      Optional<Duration> prepare,
      Optional<Duration> announcement) {}

  /**
   * A named property of {@code docs/properties.md} that this node saw broken by itself.
   *
   * @param property its id, such as {@code S8}
   * @param count how many times
   * @param last when it was seen last
   * @param example the last time in words
   */
  public record Violation(String property, long count, Instant last, String example) {}

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
   * @param lateWakes times that the loop came to an advert or a timer of this router later than a
   *     fourth of the interval, and than 20 ms
   * @param lowerPriorityHeard adverts of lower priority accepted while ACTIVE
   */
  public record Counters(
      long advertsSent,
      long advertsAccepted,
      long resignationsSent,
      long resignationsAccepted,
      long announcementsSent,
      long becameActive,
      long leftActive,
      long lateWakes,
      long lowerPriorityHeard) {}

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

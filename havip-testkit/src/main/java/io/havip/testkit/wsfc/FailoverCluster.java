package io.havip.testkit.wsfc;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.testkit.sim.SimProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster of members and a witness. Each of them has one vote and lends it to one member at a
 * time, for the length of a lease. A member holds the address while it has the votes of a majority;
 * it asks again with every heartbeat, and takes the address off when its majority runs out. So two
 * members never hold it at the same time, as long as no host's clock stands still and no process
 * sleeps with the address in its kernel.
 *
 * <p>Heartbeats travel as messages of IP protocol 112, for the platform has no others; the real
 * thing uses UDP. The cloud's security groups must let them pass.
 *
 * @param members own addresses of the members, at least two; the first is asked first to serve
 * @param witness the address of the witness
 * @param address what the holder puts on its interface and announces
 * @param interfaceName the interface of every member and of the witness
 * @param heartbeat time between two heartbeats
 * @param lease how long a vote is lent, at least two heartbeats
 */
public record FailoverCluster(
    List<IpAddress> members,
    IpAddress witness,
    VirtualAddress address,
    String interfaceName,
    Duration heartbeat,
    Duration lease) {

  /**
   * Copies the list and checks the parts.
   *
   * @throws IllegalArgumentException if there are too few members, one is the witness or occurs
   *     twice, or the lease is shorter than two heartbeats
   */
  public FailoverCluster {
    members = List.copyOf(members);
    if (members.size() < 2 || members.stream().distinct().count() != members.size()) {
      throw new IllegalArgumentException("a cluster needs two different members, not " + members);
    }
    if (members.contains(witness)) {
      throw new IllegalArgumentException("the witness " + witness + " is a member");
    }
    if (!heartbeat.isPositive() || lease.compareTo(heartbeat.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "a lease lasts at least two heartbeats of %s, not %s".formatted(heartbeat, lease));
    }
  }

  /**
   * A cluster on {@code eth0} with a heartbeat a second and a lease of five: what Windows allowed
   * to be missing in one subnet before it became more patient.
   *
   * @param address the address to hold, with its prefix length
   * @param witness the address of the witness
   * @param members own addresses of the members
   * @return the cluster
   */
  public static FailoverCluster of(String address, String witness, String... members) {
    List<IpAddress> parsed = new ArrayList<>();
    for (String member : members) {
      parsed.add(IpAddress.parse(member));
    }
    return new FailoverCluster(
        parsed,
        IpAddress.parse(witness),
        VirtualAddress.parse(address),
        "eth0",
        Duration.ofSeconds(1),
        Duration.ofSeconds(5));
  }

  /**
   * The program of a member. Asked to stop, it takes the address off and gives its votes back, so
   * that another member serves within a heartbeat or two.
   *
   * @param own the member's own address
   * @return what to start on its host
   * @throws IllegalArgumentException if there is no such member
   */
  public SimProgram member(String own) {
    IpAddress address = IpAddress.parse(own);
    if (!members.contains(address)) {
      throw new IllegalArgumentException(own + " is no member of " + members);
    }
    return platform -> new ClusterMember(this, address, platform);
  }

  /**
   * The program of the witness, which votes and never serves.
   *
   * @return what to start on its host
   */
  public SimProgram witnessProgram() {
    return platform -> new ClusterWitness(this, platform);
  }

  /** Votes that are a majority. */
  int majority() {
    return (members.size() + 1) / 2 + 1;
  }

  /** All that vote, but one. */
  List<IpAddress> votersBut(IpAddress own) {
    List<IpAddress> voters = new ArrayList<>(members);
    voters.add(witness);
    voters.remove(own);
    return voters;
  }
}

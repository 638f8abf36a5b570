package io.havip.testkit.wsfc;

import io.havip.net.IpAddress;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import io.havip.testkit.wsfc.ClusterPort.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Votes, stands when nobody serves, and serves while a majority lends it its votes. */
final class ClusterMember implements AutoCloseable {

  /** Announcements after the first, one a heartbeat: a cloud may drop one. */
  private static final int MORE_ANNOUNCEMENTS = 3;

  private final FailoverCluster cluster;
  private final IpAddress own;
  private final Platform platform;
  private final List<IpAddress> others;
  private final long rank;
  private final Vote vote;
  private final ClusterPort port;
  private final Timers.Deadline heartbeat;
  private final Timers.Deadline expiry;

  /** Until when each vote is lent to this member, on its own clock. */
  private final Map<IpAddress, Long> lent = new HashMap<>();

  private boolean standing;
  private boolean holding;
  private long standsSince;
  private long standsAsideUntil;
  private int announcements;

  ClusterMember(FailoverCluster cluster, IpAddress own, Platform platform) {
    this.cluster = cluster;
    this.own = own;
    this.platform = platform;
    others = cluster.votersBut(own);
    rank = cluster.members().indexOf(own);
    vote = new Vote(now(), lease());
    standsAsideUntil = now();
    port = new ClusterPort(cluster, own, platform, this::heard);
    heartbeat = platform.timers().newDeadline(this::beat);
    expiry = platform.timers().newDeadline(this::count);
    // A process that was killed leaves the address behind.
    platform.addresses().remove(cluster.interfaceName(), cluster.address());
    heartbeat.arm(now());
  }

  private void beat() {
    long now = now();
    heartbeat.arm(now + cluster.heartbeat().toNanos());
    count();
    if (!standing && mayStand(now)) {
      standing = true;
      standsSince = now;
    }
    if (standing && !holding && now - standsSince > lease()) {
      standAside(now);
    }
    if (standing) {
      ask(now);
    }
    if (holding && announcements > 0) {
      announcements--;
      announce();
    }
  }

  /** The first member stands at once, the others only when those before them did not. */
  private boolean mayStand(long now) {
    return now - standsAsideUntil >= 0 && vote.freeFor(now) >= rank * cluster.heartbeat().toNanos();
  }

  private void ask(long now) {
    if (vote.lend(own, now)) {
      lent.put(own, now + lease());
    }
    others.forEach(voter -> port.say(voter, Kind.ASK, now));
    count();
  }

  /** Votes were split, or this host refuses the address: another one may have more luck. */
  private void standAside(long now) {
    giveBack();
    standsAsideUntil = now + (rank + 1) * lease();
  }

  private void giveBack() {
    standing = false;
    lent.clear();
    vote.giveBack(own, now());
    others.forEach(voter -> port.say(voter, Kind.GIVE_BACK, now()));
  }

  private void heard(IpAddress from, Kind kind, long asked) {
    if (!others.contains(from)) {
      return;
    }
    long now = now();
    switch (kind) {
      case ASK -> {
        if (!from.equals(cluster.witness()) && vote.lend(from, now)) {
          port.say(from, Kind.LEND, asked);
        }
      }
      case GIVE_BACK -> vote.giveBack(from, now);
      case LEND -> {
        if (standing) {
          lent.merge(from, asked + lease(), Math::max);
          count();
        }
      }
    }
  }

  /** Serves with a majority, and not without one. */
  private void count() {
    List<Long> ends = lent.values().stream().sorted(Comparator.reverseOrder()).toList();
    int majority = cluster.majority();
    boolean elected = ends.size() >= majority && ends.get(majority - 1) - now() > 0;
    if (elected) {
      expiry.arm(ends.get(majority - 1));
    }
    if (elected && !holding) {
      hold();
    } else if (!elected && holding) {
      drop();
    }
  }

  private void hold() {
    Outcome added = platform.addresses().add(cluster.interfaceName(), cluster.address());
    if (added instanceof Outcome.Failed) {
      standAside(now());
      return;
    }
    holding = true;
    announcements = MORE_ANNOUNCEMENTS;
    announce();
  }

  private void drop() {
    holding = false;
    standing = false;
    expiry.disarm();
    platform.addresses().remove(cluster.interfaceName(), cluster.address());
  }

  private void announce() {
    platform.announcer().announce(cluster.interfaceName(), cluster.address().address());
  }

  private long now() {
    return platform.timers().now();
  }

  private long lease() {
    return cluster.lease().toNanos();
  }

  @Override
  public void close() {
    heartbeat.disarm();
    if (holding) {
      drop();
    }
    giveBack();
    port.close();
  }
}

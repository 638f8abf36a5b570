package io.havip.testkit.wsfc;

import io.havip.net.IpAddress;
import io.havip.spi.Platform;
import io.havip.testkit.wsfc.ClusterPort.Kind;

/** Votes, and never serves. */
final class ClusterWitness implements AutoCloseable {

  private final FailoverCluster cluster;
  private final Platform platform;
  private final Vote vote;
  private final ClusterPort port;

  ClusterWitness(FailoverCluster cluster, Platform platform) {
    this.cluster = cluster;
    this.platform = platform;
    vote = new Vote(platform.timers().now(), cluster.lease().toNanos());
    port = new ClusterPort(cluster, cluster.witness(), platform, this::heard);
  }

  private void heard(IpAddress from, Kind kind, long asked) {
    if (!cluster.members().contains(from)) {
      return;
    }
    long now = platform.timers().now();
    switch (kind) {
      case ASK -> {
        if (vote.lend(from, now)) {
          port.say(from, Kind.LEND, asked);
        }
      }
      case GIVE_BACK -> vote.giveBack(from, now);
      case LEND -> {} // asks nobody
    }
  }

  @Override
  public void close() {
    port.close();
  }
}

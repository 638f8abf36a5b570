package io.havip.core.keepalived;

import io.havip.Transport;
import io.havip.core.keepalived.InstanceDraft.At;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides between multicast and unicast. */
final class TransportResolver {

  private final Report report;
  private final Globals globals;

  TransportResolver(Report report, Globals globals) {
    this.report = report;
    this.globals = globals;
  }

  /** The transport, or empty if it was reported that the instance cannot be used. */
  Optional<Transport> resolve(InstanceDraft draft, IpFamily family) {
    IpAddress source = ofFamily(draft.source, family, "the source address");
    Position unicastAt = draft.unicastAt;
    if (unicastAt == null) {
      if (draft.unicastTtl != null) {
        report.warn(
            draft.unicastTtl.at(), "unicast_ttl", "unicast_ttl has no effect without unicast_peer");
      }
      IpAddress group = group(draft, family);
      return Optional.of(new Transport.Multicast(source, group));
    }
    List<IpAddress> peers = peers(draft, family, source);
    if (peers.isEmpty()) {
      report.error(
          unicastAt,
          "unicast_peer",
          "unicast has no peers; the instance "
              + draft.name.shown()
              + " is not used, where Keepalived would turn to multicast");
      return Optional.empty();
    }
    if (draft.group != null) {
      report.warn(draft.group.at(), "mcast_dst_ip", "a multicast group has no effect with unicast");
    }
    int ttl = draft.unicastTtl == null ? 255 : draft.unicastTtl.value();
    Map<IpAddress, Transport.HopLimits> accepted = new HashMap<>(draft.hopLimits);
    accepted.keySet().retainAll(peers);
    return Optional.of(new Transport.Unicast(source, peers, ttl, true, accepted));
  }

  private @Nullable IpAddress group(InstanceDraft draft, IpFamily family) {
    At<IpAddress> given = draft.group;
    if (given == null) {
      return globals.group(family);
    }
    String problem = Multicast.problem(Optional.of(given.value()), family);
    if (problem.isEmpty()) {
      return given.value();
    }
    report.warn(given.at(), "mcast_dst_ip", given.value() + " " + problem + "; it is not used");
    return globals.group(family);
  }

  private List<IpAddress> peers(InstanceDraft draft, IpFamily family, @Nullable IpAddress source) {
    Set<IpAddress> peers = new LinkedHashSet<>();
    for (At<IpAddress> peer : draft.peers) {
      if (peer.value().equals(source)) {
        report.warn(
            peer.at(), "unicast_peer", peer.value() + " is the own address; it is not used");
      } else if (ofFamily(peer, family, "the peer") != null && !peers.add(peer.value())) {
        report.note(peer.at(), "unicast_peer", peer.value() + " is given twice and used once");
      }
    }
    return List.copyOf(peers);
  }

  private @Nullable IpAddress ofFamily(
      @Nullable At<IpAddress> given, IpFamily family, String what) {
    if (given == null || given.value().family() == family) {
      return given == null ? null : given.value();
    }
    report.warn(
        given.at(),
        "",
        what
            + " "
            + given.value()
            + " is not of the family of the virtual addresses; it is not used");
    return null;
  }
}

package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.spi.Link;
import java.util.HashSet;
import java.util.Set;

/** Warns, once each, of what is allowed but hardly meant. */
final class Doubts {

  private final VirtualRouterConfig config;
  private final Events events;
  private final Set<IpAddress> ownPeers = new HashSet<>();

  Doubts(VirtualRouterConfig config, Events events) {
    this.config = config;
    this.events = events;
  }

  void atStart() {
    if (config.downMultiplier() == 1) {
      warn(
          "the down multiplier is 1: one lost or late advert makes a second member ACTIVE; use 2"
              + " or more");
    }
  }

  /** A file shared by both members lists both as peers; which one this is shows at run time. */
  void look(Link link) {
    if (config.transport() instanceof Transport.Unicast unicast) {
      for (IpAddress peer : unicast.peers()) {
        if (link.has(peer) && ownPeers.add(peer)) {
          warn(
              "unicast peer %s is an address of this host, on %s; remove it from the peers here"
                  .formatted(peer, link.name()));
        }
      }
    }
  }

  private void warn(String message) {
    events.publish(new HavipEvent.Warning(events.now(), config.name(), message));
  }
}

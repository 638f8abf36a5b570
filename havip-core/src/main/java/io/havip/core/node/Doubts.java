package io.havip.core.node;

import io.havip.CloudConfig;
import io.havip.HavipEvent;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.core.election.ElectionConfig;
import io.havip.net.IpAddress;
import io.havip.spi.Link;
import java.time.Duration;
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

  void atStart(boolean interfaceExists) {
    if (!interfaceExists) {
      warn(
          "this host has no interface \"%s\" yet; the router waits for it in FAULT"
              .formatted(config.interfaceName()));
    }
    if (config.downMultiplier() == 1) {
      warn(
          "the down multiplier is 1: one lost or late advert makes a second member ACTIVE; use 2"
              + " or more");
    }
    config.cloud().ifPresent(this::lookAtBudget);
  }

  /** A call that hangs must not outlast the failover that it belongs to. */
  private void lookAtBudget(CloudConfig cloud) {
    Duration down =
        Duration.ofNanos(
            ElectionConfig.of(config, Addresses.unspecified(config.family()))
                .activeDownInterval(config.priority(), config.advertInterval().toNanos()));
    Duration budget = down.plus(cloud.binding().capabilities().convergence());
    if (cloud.callTimeout().compareTo(budget) > 0) {
      warn(
          "a call to the cloud may take %d ms, longer than a failover, which takes %d ms to notice"
                  .formatted(cloud.callTimeout().toMillis(), down.toMillis())
              + " and %d ms to spread; give it less with withCallTimeout"
                  .formatted(cloud.binding().capabilities().convergence().toMillis()));
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

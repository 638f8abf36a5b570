package io.havip.core.node;

import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.core.election.ReceiveRules;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.GuardedRouter;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends one router's adverts: to its group or to each peer. */
final class AdvertSender {

  private final VirtualRouterConfig config;
  private final AdvertHub hub;
  private final Holding holding;
  private final boolean fromVirtualMac;
  private @Nullable VrrpAdvert last;

  AdvertSender(VirtualRouterConfig config, AdvertHub hub, Holding holding) {
    this.config = config;
    this.hub = hub;
    this.holding = holding;
    fromVirtualMac = config.virtualMac().filter(mac -> !mac.advertsFromParent()).isPresent();
  }

  /**
   * Sends an advert.
   *
   * @return messages handed to the platform, one a peer in unicast
   */
  int send(int priority, IpAddress source) {
    VrrpAdvert advert = advert(priority);
    return switch (config.transport()) {
      case Transport.Multicast multicast -> {
        IpAddress group = ReceiveRules.group(multicast, config.family());
        if (fromVirtualMac) {
          AdvertPort port = holding.virtualPort();
          hub.send(port, advert, config.checksum(), source, group, VrrpCodec.TTL);
        } else {
          hub.send(advert, config.checksum(), source, group, VrrpCodec.TTL);
        }
        yield 1;
      }
      case Transport.Unicast unicast -> {
        for (IpAddress peer : unicast.peers()) {
          hub.send(advert, config.checksum(), source, peer, unicast.hopLimit());
        }
        yield unicast.peers().size();
      }
    };
  }

  /** What somebody else would send to resign in this router's place. */
  List<GuardedRouter.Resignation> resignation(IpAddress source) {
    VrrpAdvert advert = advert(config, VrrpAdvert.PRIORITY_RESIGN);
    String from = fromVirtualMac ? holding.advertInterface() : config.interfaceName();
    return switch (config.transport()) {
      case Transport.Multicast multicast ->
          List.of(
              new GuardedRouter.Resignation(
                  from,
                  source,
                  ReceiveRules.group(multicast, config.family()),
                  VrrpCodec.TTL,
                  advert,
                  config.checksum()));
      case Transport.Unicast unicast ->
          unicast.peers().stream()
              .map(peer ->
                  new GuardedRouter.Resignation(
                      config.interfaceName(),
                      source,
                      peer,
                      unicast.hopLimit(),
                      advert,
                      config.checksum()))
              .toList();
    };
  }

  private VrrpAdvert advert(int priority) {
    VrrpAdvert cached = last;
    if (cached == null || cached.priority() != priority) {
      cached = advert(config, priority);
      last = cached;
    }
    return cached;
  }

  /** What a member of this router's group says with this priority. */
  static VrrpAdvert advert(VirtualRouterConfig config, int priority) {
    return new VrrpAdvert(
        config.version(),
        config.vrid(),
        priority,
        config.intervalCentiseconds(),
        config.addresses().stream().map(VirtualAddress::address).toList(),
        config.authentication());
  }
}

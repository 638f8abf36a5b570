package io.havip.core.election;

import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.wire.Refusal;
import io.havip.wire.RefusalReason;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpCodec;
import io.havip.wire.VrrpVersion;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which well-formed adverts a router lets in (RFC 9568 section 7.1, RFC 3768 section 7.1). A
 * difference in the address list, or in a version 3 interval, is no reason to refuse: refusing it
 * would split the group.
 */
public final class ReceiveRules {

  private static final int LOCAL_HOP_LIMIT = 255;

  private final VirtualRouterConfig config;
  private final Set<IpAddress> advertised;

  /**
   * The rules of one router.
   *
   * @param config its configuration
   */
  public ReceiveRules(VirtualRouterConfig config) {
    this.config = config;
    advertised =
        config.addresses().stream()
            .map(VirtualAddress::address)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** {@return whether this member heeds adverts at all} */
  public boolean listens() {
    return config.ownerListens() || !config.owner();
  }

  /** {@return what adverts of the group should carry} */
  public Set<IpAddress> addresses() {
    return advertised;
  }

  /**
   * Judges one advert.
   *
   * @param advert the parsed message, of this router's VRID
   * @param source IP source
   * @param destination IP destination
   * @param hopLimit TTL or hop limit it arrived with
   * @param ownAddress the source of own adverts
   * @return why it is refused, or null if it is let in
   */
  public @Nullable Refusal judge(
      VrrpAdvert advert,
      IpAddress source,
      IpAddress destination,
      int hopLimit,
      IpAddress ownAddress) {
    if (source.equals(ownAddress)) {
      return Refusal.of(RefusalReason.OWN_ADDRESS);
    }
    Refusal transport = judgeTransport(source, destination, hopLimit);
    if (transport != null) {
      return transport;
    }
    if (advert.version() != config.version()) {
      return new Refusal(
          RefusalReason.VERSION_NOT_OURS, config.version().number(), advert.version().number());
    }
    return advert.version() == VrrpVersion.V2 ? judgeVersion2(advert) : null;
  }

  private @Nullable Refusal judgeTransport(IpAddress source, IpAddress destination, int hopLimit) {
    return switch (config.transport()) {
      case Transport.Multicast multicast -> {
        IpAddress group = group(multicast, config.family());
        if (!destination.equals(group)) {
          yield Refusal.of(RefusalReason.NOT_MULTICAST);
        }
        yield hopLimit == LOCAL_HOP_LIMIT
            ? null
            : new Refusal(RefusalReason.TTL_NOT_255, LOCAL_HOP_LIMIT, hopLimit);
      }
      // A unicast peer may be routers away, and Keepalived leaves the IPv6 hop limit at 64: only
      // checked on request.
      case Transport.Unicast unicast -> {
        if (destination.isMulticast()) {
          yield Refusal.of(RefusalReason.NOT_UNICAST);
        }
        yield unicast.peersOnly() && !unicast.peers().contains(source)
            ? Refusal.of(RefusalReason.NOT_A_PEER)
            : judgeHopLimit(unicast.accepted().get(source), hopLimit);
      }
    };
  }

  private static @Nullable Refusal judgeHopLimit(
      Transport.@Nullable HopLimits accepted, int hopLimit) {
    if (accepted == null || (hopLimit >= accepted.least() && hopLimit <= accepted.most())) {
      return null;
    }
    int bound = hopLimit < accepted.least() ? accepted.least() : accepted.most();
    return new Refusal(RefusalReason.TTL_OUT_OF_RANGE, bound, hopLimit);
  }

  private @Nullable Refusal judgeVersion2(VrrpAdvert advert) {
    if (advert.auth().type() != config.authentication().type()) {
      return new Refusal(
          RefusalReason.AUTH_TYPE_MISMATCH, config.authentication().type(), advert.auth().type());
    }
    if (!advert.auth().equals(config.authentication())) {
      return Refusal.of(RefusalReason.AUTH_FAILED);
    }
    int interval = config.intervalCentiseconds();
    return advert.intervalCentiseconds() == interval
        ? null
        : new Refusal(RefusalReason.INTERVAL_MISMATCH, interval, advert.intervalCentiseconds());
  }

  /**
   * {@return whether an advert carries the addresses configured here, in any order}
   *
   * @param advert an advert that was let in
   */
  public boolean sameAddresses(VrrpAdvert advert) {
    // As sets, since an advert may carry one address twice and lack another.
    return advert.addresses().size() == advertised.size()
        && advertised.equals(new HashSet<>(advert.addresses()));
  }

  /**
   * {@return the multicast group in use}
   *
   * @param multicast the transport
   * @param family the IP version
   */
  public static IpAddress group(Transport.Multicast multicast, IpFamily family) {
    IpAddress configured = multicast.group();
    return configured != null ? configured : VrrpCodec.group(family);
  }
}

package io.havip;

import io.havip.net.IpAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How adverts reach the other members. */
public sealed interface Transport {

  /**
   * {@return the source address of adverts, or null for the first suitable address of the
   * interface}
   */
  @Nullable IpAddress source();

  /**
   * To a multicast group (RFC 9568 section 5.1.1.2). Received adverts must have TTL 255.
   *
   * @param source source address, or null for the interface's first
   * @param group the group, or null for 224.0.0.18 or ff02::12
   */
  record Multicast(@Nullable IpAddress source, @Nullable IpAddress group) implements Transport {

    /** To the standard group from the interface's first address. */
    public static final Multicast DEFAULT = new Multicast(null, null);

    /** Checks that the group is one. */
    public Multicast {
      if (group != null && !group.isMulticast()) {
        throw new HavipConfigException(group + " is not a multicast group");
      }
    }
  }

  /**
   * To each peer, as clouds without multicast need it.
   *
   * @param source source address, or null for the interface's first
   * @param peers the other members
   * @param hopLimit TTL or hop limit of sent adverts, 1 to 255
   * @param peersOnly whether adverts of senders that are not peers are refused
   * @param accepted the TTL or hop limit with which adverts of a peer must arrive, for the peers
   *     where it matters; those not named may have any, as they may be routers away
   */
  record Unicast(
      @Nullable IpAddress source,
      List<IpAddress> peers,
      int hopLimit,
      boolean peersOnly,
      Map<IpAddress, HopLimits> accepted)
      implements Transport {

    /** Copies the peers; there must be one, and none may be the own source. */
    public Unicast {
      peers = List.copyOf(peers);
      accepted = Map.copyOf(accepted);
      for (IpAddress peer : accepted.keySet()) {
        if (!peers.contains(peer)) {
          throw new HavipConfigException("there are hop limits for " + peer + ", which is no peer");
        }
      }
      if (peers.isEmpty()) {
        throw new HavipConfigException("unicast needs at least one peer");
      }
      if (source != null && peers.contains(source)) {
        throw new HavipConfigException(source + " is both the own address and a peer");
      }
      if (hopLimit < 1 || hopLimit > 255) {
        throw new HavipConfigException("a hop limit is 1 to 255, not " + hopLimit);
      }
    }

    /**
     * Accepts adverts of peers with any TTL or hop limit.
     *
     * @param source source address, or null for the interface's first
     * @param peers the other members
     * @param hopLimit TTL or hop limit of sent adverts, 1 to 255
     * @param peersOnly whether adverts of senders that are not peers are refused
     */
    public Unicast(
        @Nullable IpAddress source, List<IpAddress> peers, int hopLimit, boolean peersOnly) {
      this(source, peers, hopLimit, peersOnly, Map.of());
    }

    /**
     * {@return a transport to the given peers, with hop limit 255, that refuses other senders}
     *
     * @param source the own address, or null for the interface's first
     * @param peers the other members
     */
    public static Unicast to(@Nullable IpAddress source, List<IpAddress> peers) {
      return new Unicast(source, peers, 255, true);
    }
  }

  /**
   * A range of TTLs or hop limits. A peer on the same link that sends 255 arrives with 255; each
   * router on the way takes one off.
   *
   * @param least the smallest, 0 to 255
   * @param most the largest, not below the smallest and at most 255
   */
  record HopLimits(int least, int most) {

    /** Checks the range. */
    public HopLimits {
      if (least < 0 || most > 255 || least > most) {
        throw new HavipConfigException(
            "hop limits are 0 to 255, the first not above the second, not "
                + least
                + " to "
                + most);
      }
    }
  }
}

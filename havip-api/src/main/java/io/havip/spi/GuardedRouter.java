package io.havip.spi;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAdvert;
import java.time.Duration;
import java.util.List;

/**
 * What a fence must know of a virtual router.
 *
 * @param name the router's name, unique in its node
 * @param interfaceName where its addresses are bound, unless an address names its own device
 * @param addresses what must not outlive the process; addresses that the host has anyway are not
 *     among them
 * @param interval the time between adverts, that is, between calls of {@link Guard#renew}
 * @param patience the shortest time after an advert in which a peer of the same configuration may
 *     take over: by then the host must have been silenced
 * @param resignation what tells the peers that nobody holds the addresses: one message, or one to
 *     each unicast peer
 */
public record GuardedRouter(
    String name,
    String interfaceName,
    List<VirtualAddress> addresses,
    Duration interval,
    Duration patience,
    List<Resignation> resignation) {

  /** Copies the lists. */
  public GuardedRouter {
    addresses = List.copyOf(addresses);
    resignation = List.copyOf(resignation);
  }

  /**
   * An advert of priority 0 (RFC 9568 section 6.4.3) and its way.
   *
   * @param interfaceName where it leaves
   * @param source its source address
   * @param destination the group or a peer
   * @param hopLimit TTL or hop limit, 1 to 255
   * @param advert what it says
   * @param checksum the form of its checksum
   */
  public record Resignation(
      String interfaceName,
      IpAddress source,
      IpAddress destination,
      int hopLimit,
      VrrpAdvert advert,
      ChecksumForm checksum) {}
}

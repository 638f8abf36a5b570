package io.havip.core.keepalived;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import java.util.Optional;

/** What a multicast group of VRRP must be. */
final class Multicast {

  private Multicast() {}

  /** Why an address cannot be the group of a family, as the end of a message, or empty. */
  static String problem(Optional<IpAddress> address, IpFamily family) {
    if (address.isEmpty()) {
      return "is not an IP address";
    }
    if (address.get().family() != family) {
      return "is not of the family of the virtual addresses";
    }
    if (!address.get().isMulticast()) {
      return "is not a multicast address";
    }
    // ffX2: the low nibble of the second byte is the scope (RFC 4291 section 2.7).
    if (family == IpFamily.IPV6 && (address.get().toBytes()[1] & 0xf) != 2) {
      return "is not a link-local multicast address";
    }
    return "";
  }
}

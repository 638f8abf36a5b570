package io.havip.core.node;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;

/** Small questions about addresses. */
final class Addresses {

  private Addresses() {}

  /** The all-zero address, which stands for none. */
  static IpAddress unspecified(IpFamily family) {
    return switch (family) {
      case IPV4 -> new Ipv4Address(0);
      case IPV6 -> new Ipv6Address(0, 0);
    };
  }
}

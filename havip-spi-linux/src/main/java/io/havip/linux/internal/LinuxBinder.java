package io.havip.linux.internal;

import io.havip.linux.internal.netlink.Addresses;
import io.havip.linux.internal.nftables.AcceptFilter;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.AddressBinder;
import io.havip.spi.Outcome;

/** Addresses by rtnetlink, and what is taken in for them by nftables. */
final class LinuxBinder implements AddressBinder {

  private final Addresses addresses;
  private final AcceptFilter filter;

  LinuxBinder(Addresses addresses, AcceptFilter filter) {
    this.addresses = addresses;
    this.filter = filter;
  }

  /** The addresses without what is taken in for them. */
  Addresses addresses() {
    return addresses;
  }

  /** Nobody else has a reserved address any more, nor may drop what is sent to it. */
  @Override
  public Outcome reserve(IpAddress address) {
    Outcome reserved = addresses.reserve(address);
    filter.clearLeftovers();
    return reserved;
  }

  @Override
  public void release(IpAddress address) {
    addresses.release(address);
  }

  @Override
  public Outcome add(String interfaceName, VirtualAddress address) {
    filter.clearLeftovers();
    return addresses.add(interfaceName, address);
  }

  @Override
  public Outcome remove(String interfaceName, VirtualAddress address) {
    return addresses.remove(interfaceName, address);
  }

  @Override
  public Outcome acceptPackets(IpAddress address, boolean accepted) {
    return filter.accept(address, accepted);
  }

  /** The addresses go before the filter: nothing is taken in for them in between. */
  void close() {
    addresses.close();
    filter.close();
  }
}

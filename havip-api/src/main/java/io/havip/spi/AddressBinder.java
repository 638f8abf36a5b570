package io.havip.spi;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;

/** Puts virtual addresses on interfaces and takes them off. */
public interface AddressBinder {

  /**
   * Reserves an address among the processes of this host that use this library, so that two members
   * on one host cannot both claim it. The reservation ends with {@link #release}, with the
   * platform, or with the process, however it ends.
   *
   * @param address the address that will be added later
   * @return failed if the address is reserved already, by whomever: another process, another
   *     platform of this one, or another node on this platform
   */
  Outcome reserve(IpAddress address);

  /**
   * Gives a reservation up. Idempotent.
   *
   * @param address the reserved address
   */
  void release(IpAddress address);

  /**
   * Adds an address, so that the host answers for it when this returns. Idempotent: an address
   * already there is done.
   *
   * @param interfaceName the interface, unless the address names its own device
   * @param address the address with prefix, scope and label
   * @return failed if the host does not answer for it
   */
  Outcome add(String interfaceName, VirtualAddress address);

  /**
   * Removes an address, so that the host no longer answers for it when this returns. Idempotent: an
   * address or an interface that is not there is done.
   *
   * @param interfaceName the interface, unless the address names its own device
   * @param address the address as it was added
   * @return failed if the host may still answer for it
   */
  Outcome remove(String interfaceName, VirtualAddress address);
}

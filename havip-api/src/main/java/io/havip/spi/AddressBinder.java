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

  /**
   * Sets whether this host takes in packets to an address, from wherever they come (Accept_Mode,
   * RFC 9568 section 6.1). It does unless told otherwise. A host that does not still answers ARP
   * and sends and receives neighbour solicitations and advertisements (RFC 9568 section 6.4.3).
   *
   * <p>May be called whether the address is on the host or not, and holds from the moment it is
   * there. Idempotent. Ends with the platform. If the process dies it lasts as long as the address
   * may still be on the host, and is gone when a platform is opened there again.
   *
   * @param address the address, of any interface
   * @param accepted false to drop such packets
   * @return failed if that is not so now; a platform that cannot drop packets says so here
   */
  default Outcome acceptPackets(IpAddress address, boolean accepted) {
    return accepted
        ? Outcome.DONE
        : new Outcome.Failed(
            "refuse packets to " + address, "this platform cannot", "leave Accept_Mode on");
  }
}

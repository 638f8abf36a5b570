package io.havip.spi;

import io.havip.net.IpAddress;

/** Tells the neighbours on a link who answers for an address. */
public interface NeighborAnnouncer {

  /**
   * Sends one announcement: a gratuitous ARP for IPv4 in the request form that Keepalived sends, an
   * unsolicited neighbour advertisement with the override flag for IPv6. The sender is the
   * interface's own MAC address.
   *
   * @param interfaceName where to send; a loopback interface or one with a zero MAC address is
   *     refused
   * @param address the address to announce
   * @return failed if the frame did not leave
   */
  Outcome announce(String interfaceName, IpAddress address);

  /**
   * Sends one announcement several times at once, for frames get lost. A platform that can hand
   * them over together does so.
   *
   * @param interfaceName where to send, as in {@link #announce(String, IpAddress)}
   * @param address the address to announce
   * @param times how many frames, at least 1
   * @return failed if one of them did not leave
   */
  default Outcome announce(String interfaceName, IpAddress address, int times) {
    Outcome worst = Outcome.DONE;
    for (int i = 0; i < times; i++) {
      Outcome one = announce(interfaceName, address);
      worst = one instanceof Outcome.Failed ? one : worst;
    }
    return worst;
  }

  /**
   * Asks the link whether anybody else answers for an address (RFC 5227 section 2.1.1; duplicate
   * address detection for IPv6), without claiming it. Another host's question is no answer: who
   * asks does not have the address either.
   *
   * @param interfaceName where to ask
   * @param address the address in question
   * @param until absolute time of {@link Timers#now()} at which silence is the answer
   * @param listener called on the loop, exactly once
   */
  void probe(String interfaceName, IpAddress address, long until, ProbeListener listener);

  /** Hears the end of a probe. */
  @FunctionalInterface
  interface ProbeListener {

    /**
     * The probe ended.
     *
     * @param answered true if a neighbour answered for the address, false after silence or if the
     *     probe could not be sent
     */
    void probed(boolean answered);
  }
}

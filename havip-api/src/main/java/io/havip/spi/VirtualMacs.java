package io.havip.spi;

import io.havip.net.MacAddress;

/**
 * Makes interfaces that carry a virtual router's MAC address on top of another interface. A
 * platform may lack it ({@link Platform#virtualMacs()} is empty).
 */
public interface VirtualMacs {

  /**
   * Makes the interface, or makes it anew if a dead process left one of this name and address
   * behind. It is down and has no address, and {@link LinkMonitor} knows it when this returns.
   *
   * <p>The platform also sees to it that the parent does not answer ARP for addresses of the new
   * interface, nor sends ARP with them as its sender; what it changed for that is put back when the
   * last interface on that parent is closed.
   *
   * @param parent the interface on which the members meet
   * @param name the name of the new interface
   * @param mac its MAC address
   * @return the interface, down
   * @throws PlatformException if the host refuses, or an interface of this name exists that is not
   *     a left-over
   */
  VirtualLink open(String parent, String name, MacAddress mac);

  /** One interface with a virtual MAC address. */
  interface VirtualLink extends AutoCloseable {

    /**
     * Sets the interface up: from now on the host accepts frames for its MAC address and can send
     * from it. An interface that someone removed meanwhile is made anew. Idempotent; blocks no
     * longer than adding an address does.
     *
     * @return failed if the host refused
     */
    Outcome raise();

    /**
     * Sets the interface down: the host accepts no frame for its MAC address and sends none from
     * it. What was given to {@link AdvertChannel.AdvertPort#send} before leaves before. Idempotent.
     *
     * @return failed if the host refused
     */
    Outcome lower();

    /** Removes the interface with the addresses on it. Idempotent. */
    @Override
    void close();
  }
}

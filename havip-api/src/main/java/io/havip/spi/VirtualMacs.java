package io.havip.spi;

import io.havip.net.MacAddress;

/**
 * Makes interfaces that carry a virtual router's MAC address on top of another interface. A
 * platform may lack it ({@link Platform#virtualMacs()} is empty).
 */
public interface VirtualMacs {

  /**
   * Makes the interface, or makes it anew if a dead process left one of this name and address
   * behind (V7). It is down and has no address, and {@link LinkMonitor} knows it when this returns
   * (V1).
   *
   * <p>The platform also sees to it that the parent does not answer ARP for addresses of the new
   * interface (V4), nor sends ARP with them as its sender (V5); what it changed for that is put
   * back when the last interface on that parent is closed (V6).
   *
   * @param parent the interface on which the members meet
   * @param name the name of the new interface
   * @param mac its MAC address
   * @return the interface, down
   * @throws PlatformException if the host refuses, the parent does not exist, or an interface of
   *     this name exists that is not a left-over; the message names it (V7)
   */
  VirtualLink open(String parent, String name, MacAddress mac);

  /** One interface with a virtual MAC address. */
  interface VirtualLink extends AutoCloseable {

    /**
     * Sets the interface up: from now on the host accepts frames for its MAC address and can send
     * from it (V2). An interface that someone removed meanwhile is made anew (V8). Idempotent;
     * blocks no longer than adding an address does.
     *
     * @return failed if the host refused
     */
    Outcome raise();

    /**
     * Sets the interface down: the host accepts no frame for its MAC address and sends none from
     * it. What was given to {@link AdvertChannel.AdvertPort#send} before leaves before. Idempotent
     * (V3).
     *
     * @return failed if the host refused
     */
    Outcome lower();

    /**
     * Removes the interface with the addresses on it. Idempotent. So does the end of the platform
     * (V9).
     */
    @Override
    void close();
  }
}

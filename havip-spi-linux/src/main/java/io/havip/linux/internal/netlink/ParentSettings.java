package io.havip.linux.internal.netlink;

import io.havip.net.IpFamily;
import io.havip.spi.PlatformException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Keeps an interface from speaking for the addresses of the macvlans on top of it. Left alone it
 * answers ARP for every address of the host, and asks with whatever source address the packet to be
 * sent has; either teaches neighbours its own MAC address for a virtual one. IPv6 does neither.
 */
final class ParentSettings {

  private static final Logger LOG = System.getLogger(ParentSettings.class.getName());

  /** Answer only for addresses of the interface that was asked on. */
  private static final int IGNORE_FOREIGN = 1;

  /** Ask only with addresses of the interface that asks. */
  private static final int ANNOUNCE_OWN = 2;

  private final InterfaceSettings settings;
  private final int ignoreBefore;
  private final int announceBefore;
  private int users;

  /**
   * Changes what has to be changed.
   *
   * @throws PlatformException if that is refused; nothing is changed then
   */
  ParentSettings(String interfaceName) {
    settings = new InterfaceSettings(IpFamily.IPV4, interfaceName);
    ignoreBefore = settings.get("arp_ignore");
    announceBefore = settings.get("arp_announce");
    if (ignoreBefore == 0) {
      settings.set("arp_ignore", IGNORE_FOREIGN);
    }
    try {
      settings.set("arp_announce", ANNOUNCE_OWN);
    } catch (PlatformException e) {
      restore();
      throw e;
    }
  }

  void use() {
    users++;
  }

  /** {@return whether this was the last user} */
  boolean leave() {
    return --users == 0;
  }

  /** Puts back what was before. */
  void restore() {
    try {
      settings.set("arp_ignore", ignoreBefore);
      settings.set("arp_announce", announceBefore);
    } catch (PlatformException e) {
      // Usually because the interface is gone, and its settings with it.
      LOG.log(Level.DEBUG, e.getMessage());
    }
  }
}

package io.havip;

import io.havip.net.IpFamily;
import java.util.Optional;

/**
 * A virtual router with a MAC address of its own (RFC 9568 section 7.3): neighbours keep their
 * entries when the role moves, and FRR, which knows no other way, can be a member.
 *
 * <p>The platform makes an interface with that address on top of the router's interface. It carries
 * the virtual addresses and, in multicast, sends the adverts; their IP source stays the address of
 * the router's interface. While this member is not ACTIVE the interface is down, so that nothing
 * here answers for the address or accepts frames for it.
 *
 * @param interfaceName the name of that interface, or empty for {@code vrrp.VRID} (IPv4) or {@code
 *     vrrp6.VRID} (IPv6)
 * @param advertsFromParent whether adverts carry the MAC address of the router's interface instead,
 *     Keepalived's {@code vmac_xmit_base}; bridges then learn the virtual MAC address from
 *     announcements alone
 */
public record VirtualMac(Optional<String> interfaceName, boolean advertsFromParent) {

  /** The default name, adverts from the virtual MAC address. */
  public static final VirtualMac DEFAULT = new VirtualMac(Optional.empty(), false);

  /** The kernel's limit for the name of an interface. */
  private static final int MAX_NAME = 15;

  /** Checks the name. */
  public VirtualMac {
    interfaceName.ifPresent(VirtualMac::requireName);
  }

  private static void requireName(String name) {
    boolean usable =
        !name.isEmpty()
            && name.length() <= MAX_NAME
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != ':');
    if (!usable) {
      throw new HavipConfigException(
          "\""
              + name
              + "\" cannot name an interface; use 1 to 15 letters, digits, dots, dashes and"
              + " underscores");
    }
  }

  /**
   * {@return the interface that the platform makes}
   *
   * @param vrid the router's VRID
   * @param family the IP version of its adverts
   */
  String interfaceName(int vrid, IpFamily family) {
    return interfaceName.orElse((family == IpFamily.IPV4 ? "vrrp." : "vrrp6.") + vrid);
  }
}

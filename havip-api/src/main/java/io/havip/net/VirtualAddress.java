package io.havip.net;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An address a virtual router claims while it is ACTIVE, and how it is put on an interface.
 *
 * <p>The parts are those of Keepalived's {@code virtual_ipaddress} entries. Only {@link #address()}
 * goes into adverts; the rest concerns the host that holds it.
 *
 * @param address the address; neither unspecified nor multicast
 * @param prefixLength the prefix length it is added with, 0 to 32 or 0 to 128; the longest one
 *     creates no connected route
 * @param device the interface it is added to, or null for the interface of the virtual router; 1 to
 *     15 characters
 * @param label the IPv4 address label Linux tools show, or null for none; 1 to 15 characters,
 *     without effect on IPv6
 * @param scope the scope it is added with
 * @param broadcast the broadcast address to set, or null for none; IPv4 only
 */
public record VirtualAddress(
    IpAddress address,
    int prefixLength,
    @Nullable String device,
    @Nullable String label,
    AddressScope scope,
    @Nullable IpAddress broadcast) {

  /** Longest interface name and label Linux stores ({@code IFNAMSIZ} less the closing zero). */
  private static final int MAX_NAME = 15;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if a part is out of range; the message says which
   * @throws NullPointerException if {@code address} or {@code scope} is null
   */
  public VirtualAddress {
    Objects.requireNonNull(scope, "scope");
    Cidr.checkPrefix(address.family(), prefixLength);
    if (address.isUnspecified() || address.isMulticast()) {
      throw new IllegalArgumentException(address + " cannot be a virtual address");
    }
    checkName("device", device);
    checkName("label", label);
    if (broadcast != null
        && (address.family() != IpFamily.IPV4 || broadcast.family() != IpFamily.IPV4)) {
      throw new IllegalArgumentException(
          "a broadcast address belongs to IPv4 only, not to " + address);
    }
  }

  /**
   * Makes a virtual address with a host prefix (/32 or /128), as Keepalived does when none is
   * written.
   *
   * @param address the address
   * @return the virtual address, on the router's interface, scope global
   * @throws IllegalArgumentException if {@code address} is unspecified or multicast
   */
  public static VirtualAddress of(IpAddress address) {
    return new VirtualAddress(
        address, address.family().addressBits(), null, null, AddressScope.GLOBAL, null);
  }

  /**
   * Reads an address with an optional prefix length.
   *
   * @param text for example {@code 172.17.16.3/24} or {@code fd00::50}
   * @return the virtual address, on the router's interface, scope global
   * @throws IllegalArgumentException if {@code text} has another form
   */
  public static VirtualAddress parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return of(IpAddress.parse(text));
    }
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    return of(address).withPrefixLength(Cidr.parsePrefix(text, slash + 1));
  }

  /**
   * Returns the network the prefix length makes of the address.
   *
   * @return the network
   */
  public Cidr network() {
    return Cidr.containing(address, prefixLength);
  }

  /**
   * Returns the interface the address is added to.
   *
   * @param interfaceName the interface of the virtual router
   * @return {@link #device()} if there is one, else {@code interfaceName}
   */
  public String deviceOr(String interfaceName) {
    return device != null ? device : interfaceName;
  }

  /**
   * Returns a copy with another prefix length.
   *
   * @param newPrefixLength 0 to 32 or 0 to 128
   * @return the copy
   * @throws IllegalArgumentException if it does not fit the family
   */
  public VirtualAddress withPrefixLength(int newPrefixLength) {
    return new VirtualAddress(address, newPrefixLength, device, label, scope, broadcast);
  }

  /**
   * Returns a copy for another interface.
   *
   * @param newDevice the interface, or null for that of the virtual router
   * @return the copy
   * @throws IllegalArgumentException if it cannot be the name of an interface
   */
  public VirtualAddress withDevice(@Nullable String newDevice) {
    return new VirtualAddress(address, prefixLength, newDevice, label, scope, broadcast);
  }

  /**
   * Returns a copy with another label.
   *
   * @param newLabel the label, or null for none
   * @return the copy
   * @throws IllegalArgumentException if it cannot be a label
   */
  public VirtualAddress withLabel(@Nullable String newLabel) {
    return new VirtualAddress(address, prefixLength, device, newLabel, scope, broadcast);
  }

  /**
   * Returns a copy with another scope.
   *
   * @param newScope the scope
   * @return the copy
   */
  public VirtualAddress withScope(AddressScope newScope) {
    return new VirtualAddress(address, prefixLength, device, label, newScope, broadcast);
  }

  /**
   * Returns a copy with another broadcast address.
   *
   * @param newBroadcast the broadcast address, or null for none
   * @return the copy
   * @throws IllegalArgumentException if this or the broadcast address is IPv6
   */
  public VirtualAddress withBroadcast(@Nullable IpAddress newBroadcast) {
    return new VirtualAddress(address, prefixLength, device, label, scope, newBroadcast);
  }

  private static void checkName(String what, @Nullable String name) {
    if (name == null) {
      return;
    }
    boolean good = !name.isEmpty() && name.length() <= MAX_NAME;
    for (int i = 0; good && i < name.length(); i++) {
      char c = name.charAt(i);
      good = c > ' ' && c != '/' && c != 0x7f;
    }
    if (!good) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' cannot be a "
              + what
              + ": it needs 1 to "
              + MAX_NAME
              + " characters without space or slash");
    }
  }

  /**
   * Returns the address as Keepalived's configuration writes it.
   *
   * @return for example {@code 172.17.16.3/24 dev eth0 label eth0:1}
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(address).append('/').append(prefixLength);
    if (broadcast != null) {
      text.append(" brd ").append(broadcast);
    }
    if (device != null) {
      text.append(" dev ").append(device);
    }
    if (scope != AddressScope.GLOBAL) {
      text.append(" scope ").append(scope.name().toLowerCase(Locale.ROOT));
    }
    if (label != null) {
      text.append(" label ").append(label);
    }
    return text.toString();
  }
}

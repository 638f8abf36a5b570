package io.havip;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.cloud.TakeoverMode;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One virtual router: a group of members on one link that share addresses. All values have been
 * checked.
 *
 * @param name names the router in events, logs and snapshots
 * @param interfaceName the interface that carries adverts and, unless an address says otherwise,
 *     the addresses
 * @param vrid the VRID, 1 to 255, the same on all members
 * @param version the VRRP version, the same on all members
 * @param priority the configured priority, 1 to 255; 255 claims to own the addresses
 * @param advertInterval time between adverts: whole seconds up to 255 s in version 2, steps of 10
 *     ms up to 40.95 s in version 3
 * @param addresses the addresses that adverts carry, one family, at least one
 * @param excludedAddresses addresses that move along without being advertised, of any family
 * @param transport multicast or unicast
 * @param authentication version 2 only
 * @param preemption whether to take over from a live member of lower priority
 * @param downMultiplier adverts that may be missing before the ACTIVE member counts as gone, 1 to
 *     100; the RFC's 3
 * @param announcements when to announce the addresses
 * @param checksum the form in which version 3 over IPv4 is sent; both are received
 * @param replyToLowerPriority whether an ACTIVE member answers an advert of lower priority at once
 *     (RFC 9568 section 6.4.3)
 * @param adviseHigherPriority whether an ACTIVE member sends one last advert before it yields to a
 *     higher priority
 * @param tracks what the router depends on
 * @param trackOwnInterface whether the router is in FAULT while its interface is down
 * @param takeover what the application does before the addresses are bound, if anything
 * @param handover what the application does before or after the addresses are taken off, if
 *     anything
 * @param acceptOldChecksum whether version 3 unicast adverts over IPv4 are also accepted with the
 *     checksum of Keepalived up to 1.3.6, {@link ChecksumForm#PSEUDO_HEADER_MULTICAST}; what is
 *     sent does not change
 * @param virtualMac whether the addresses move with a MAC address of their own
 * @param localAddresses whether the ACTIVE member binds and announces the addresses; without, the
 *     router only elects, and something else moves the addresses
 * @param cloud how the cloud's mapping of the advertised addresses follows, if it does
 * @param notifications which commands are told of the router
 * @param quickClaim the longest round trip among the members, by which a takeover within
 *     milliseconds of a resignation is measured; zero for the time of RFC 9568
 * @param awaitInterface whether the node starts although the interface does not exist, with the
 *     router in FAULT until it does; otherwise that is an error of the configuration
 * @param acceptMode whether the ACTIVE member takes packets to the addresses in although it does
 *     not own them (Accept_Mode, RFC 9568 section 6.1)
 * @param ownerListens whether the owner of the addresses heeds adverts of others
 */
public record VirtualRouterConfig(
    String name,
    String interfaceName,
    int vrid,
    VrrpVersion version,
    int priority,
    Duration advertInterval,
    List<VirtualAddress> addresses,
    List<VirtualAddress> excludedAddresses,
    Transport transport,
    VrrpAuth authentication,
    Preemption preemption,
    int downMultiplier,
    Announcements announcements,
    ChecksumForm checksum,
    boolean replyToLowerPriority,
    boolean adviseHigherPriority,
    List<Track> tracks,
    boolean trackOwnInterface,
    Optional<Takeover> takeover,
    Optional<Handover> handover,
    boolean acceptOldChecksum,
    Optional<VirtualMac> virtualMac,
    boolean localAddresses,
    Optional<CloudConfig> cloud,
    Notifications notifications,
    Duration quickClaim,
    boolean awaitInterface,
    boolean acceptMode,
    boolean ownerListens) {

  /** Copies the lists and checks every range. */
  public VirtualRouterConfig {
    addresses = List.copyOf(addresses);
    excludedAddresses = List.copyOf(excludedAddresses);
    tracks = List.copyOf(tracks);
    require(!name.isBlank(), name, "the name is blank");
    require(!interfaceName.isBlank(), name, "no interface is given");
    require(vrid >= 1 && vrid <= 255, name, "the VRID must be 1 to 255, not " + vrid);
    require(
        priority >= 1 && priority <= 255, name, "the priority must be 1 to 255, not " + priority);
    require(
        downMultiplier >= 1 && downMultiplier <= 100,
        name,
        "the down multiplier must be 1 to 100, not " + downMultiplier);
    checkAddresses(name, version, addresses, excludedAddresses);
    checkTransport(name, transport, addresses.getFirst().address().family());
    checkOwnAddresses(name, priority, transport, addresses, excludedAddresses);
    checkInterval(name, version, advertInterval);
    Durations.requireDelay("the round trip of a quick claim", quickClaim);
    require(
        version == VrrpVersion.V2 || authentication instanceof VrrpAuth.None,
        name,
        "VRRPv3 has no authentication; use version 2 or leave it out");
    require(
        localAddresses || !followsAnnouncements(cloud),
        name,
        "this cloud moves an address when its holder announces it, so it must be bound here");
    checkVirtualMac(name, interfaceName, virtualInterface(virtualMac, vrid, addresses), priority);
    require(
        localAddresses || virtualMac.isEmpty(),
        name,
        "a virtual MAC address is that of addresses that are bound here; bind them or leave it"
            + " out");
    require(
        localAddresses || acceptMode,
        name,
        "packets to addresses that are not bound here are not refused here either; bind them, or"
            + " leave Accept_Mode on");
    require(
        virtualMac.isEmpty() || !followsAnnouncements(cloud),
        name,
        "this cloud drops announcements with a MAC address other than the interface's own; leave"
            + " the virtual MAC address out");
  }

  private static boolean followsAnnouncements(Optional<CloudConfig> cloud) {
    return cloud
        .map(c -> c.binding().capabilities().mode())
        .filter(mode -> mode == TakeoverMode.ANNOUNCE)
        .isPresent();
  }

  /**
   * Starts a configuration with the RFC's defaults: version 3, priority 100, adverts every second
   * by multicast.
   *
   * @param name names the router
   * @return the builder
   */
  public static VirtualRouterConfigBuilder builder(String name) {
    return new VirtualRouterConfigBuilder(name);
  }

  /** {@return a builder that starts with these values} */
  public VirtualRouterConfigBuilder toBuilder() {
    return new VirtualRouterConfigBuilder(this);
  }

  /** {@return the IP version of the adverts} */
  public IpFamily family() {
    return addresses.getFirst().address().family();
  }

  /** {@return the advertised and the excluded addresses, in this order} */
  public List<VirtualAddress> allAddresses() {
    return Stream.concat(addresses.stream(), excludedAddresses.stream()).toList();
  }

  /** {@return the interface with the virtual MAC address, if there is one} */
  public Optional<String> virtualInterface() {
    return virtualInterface(virtualMac, vrid, addresses);
  }

  private static Optional<String> virtualInterface(
      Optional<VirtualMac> virtualMac, int vrid, List<VirtualAddress> addresses) {
    return virtualMac.map(mac -> mac.interfaceName(vrid, addresses.getFirst().address().family()));
  }

  /**
   * {@return the interface that carries an address: the one it names itself, else the one with the
   * virtual MAC address, else the router's}
   *
   * @param address one of {@link #allAddresses()}
   */
  public String interfaceOf(VirtualAddress address) {
    String own = address.device();
    return own != null ? own : virtualInterface().orElse(interfaceName);
  }

  /** {@return whether this member claims to own the addresses (RFC 9568 section 1.8)} */
  public boolean owner() {
    return priority == VrrpAdvert.PRIORITY_OWNER;
  }

  /** {@return the interval as it stands in an advert} */
  public int intervalCentiseconds() {
    return (int) (advertInterval.toMillis() / 10);
  }

  private static void checkAddresses(
      String name,
      VrrpVersion version,
      List<VirtualAddress> addresses,
      List<VirtualAddress> excluded) {
    require(!addresses.isEmpty(), name, "no virtual address is given");
    require(
        addresses.size() <= VrrpAdvert.MAX_ADDRESSES,
        name,
        "an advert carries at most 255 addresses; move the others to the excluded ones");
    IpFamily family = addresses.getFirst().address().family();
    require(
        version == VrrpVersion.V3 || family == IpFamily.IPV4,
        name,
        "VRRPv2 exists for IPv4 only; use version 3");
    Set<IpAddress> seen = new HashSet<>();
    for (VirtualAddress each : addresses) {
      IpAddress address = each.address();
      require(
          address.family() == family,
          name,
          address + " is not of the same family as " + addresses.getFirst().address());
      requireUsable(name, address, seen);
    }
    for (VirtualAddress each : excluded) {
      requireUsable(name, each.address(), seen);
    }
  }

  private static void requireUsable(String name, IpAddress address, Set<IpAddress> seen) {
    require(
        !address.isMulticast() && !address.isLoopback() && !address.isUnspecified(),
        name,
        address + " cannot be a virtual address");
    require(seen.add(address), name, address + " is given twice");
  }

  private static void checkTransport(String name, Transport transport, IpFamily family) {
    requireFamily(name, transport.source(), family);
    switch (transport) {
      case Transport.Multicast multicast -> requireFamily(name, multicast.group(), family);
      case Transport.Unicast unicast ->
          unicast.peers().forEach(p -> requireFamily(name, p, family));
    }
  }

  private static void requireFamily(String name, @Nullable IpAddress address, IpFamily family) {
    require(
        address == null || address.family() == family,
        name,
        address + " is not of the family of the virtual addresses");
  }

  /** Only its owner may use a virtual address as its own: every other member takes it off. */
  private static void checkOwnAddresses(
      String name,
      int priority,
      Transport transport,
      List<VirtualAddress> addresses,
      List<VirtualAddress> excluded) {
    for (VirtualAddress each : Stream.concat(addresses.stream(), excluded.stream()).toList()) {
      IpAddress address = each.address();
      require(
          priority == VrrpAdvert.PRIORITY_OWNER || !address.equals(transport.source()),
          name,
          address
              + " is both a virtual address and this member's own; give the group another"
              + " address, or use priority 255 if this host owns it");
      require(
          !(transport instanceof Transport.Unicast unicast) || !unicast.peers().contains(address),
          name,
          address + " is both a virtual address and a peer");
    }
  }

  /** An owner's addresses stand on its own interface, which has its own MAC address. */
  private static void checkVirtualMac(
      String name, String interfaceName, Optional<String> virtual, int priority) {
    if (virtual.isPresent()) {
      require(
          !virtual.get().equals(interfaceName),
          name,
          "the interface with the virtual MAC address cannot be " + interfaceName + " itself");
      require(
          priority != VrrpAdvert.PRIORITY_OWNER,
          name,
          "an owner (priority 255) has its addresses on "
              + interfaceName
              + " and cannot use a virtual MAC address; use priority 254");
    }
  }

  private static void checkInterval(String name, VrrpVersion version, Duration interval) {
    long nanos = interval.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE : interval.toNanos();
    switch (version) {
      case V2 ->
          require(
              nanos >= 1_000_000_000L && nanos <= 255_000_000_000L && nanos % 1_000_000_000L == 0,
              name,
              "a VRRPv2 interval is 1 to 255 whole seconds, not " + Durations.text(interval));
      case V3 ->
          require(
              nanos >= 10_000_000L && nanos <= 40_950_000_000L && nanos % 10_000_000L == 0,
              name,
              "a VRRPv3 interval is 10 ms to 40.95 s in steps of 10 ms, not "
                  + Durations.text(interval));
    }
  }

  private static void require(boolean condition, String name, String message) {
    if (!condition) {
      throw new HavipConfigException("virtual router \"" + name + "\": " + message);
    }
  }
}

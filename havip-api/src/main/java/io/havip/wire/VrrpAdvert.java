package io.havip.wire;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import java.util.List;
import java.util.Objects;

/**
 * One VRRP advertisement.
 *
 * <p>At least one address is required (RFC 9568 section 5.2.5 with erratum 8299), so a router
 * without any address cannot be expressed on the wire by this type.
 *
 * @param version the protocol version
 * @param vrid the virtual router identifier, 1 to 255
 * @param priority 0 means that the sender stops being ACTIVE, 1 to 254 is a backup's, 255 the
 *     address owner's
 * @param intervalCentiseconds the advertisement interval in hundredths of a second: 1 to 4095 in
 *     VRRPv3, whole seconds from 100 to 25500 in VRRPv2
 * @param addresses the virtual addresses, 1 to 255 of one family, in wire order; VRRPv2 has IPv4
 *     only
 * @param auth the authentication; {@link VrrpAuth#NONE} in VRRPv3
 */
public record VrrpAdvert(
    VrrpVersion version,
    int vrid,
    int priority,
    int intervalCentiseconds,
    List<IpAddress> addresses,
    VrrpAuth auth) {

  /** The priority that says the sender stops being ACTIVE. */
  public static final int PRIORITY_RESIGN = 0;

  /** The priority of the router that owns the addresses. */
  public static final int PRIORITY_OWNER = 255;

  /** The longest interval of VRRPv3, 40.95 s. */
  public static final int MAX_INTERVAL_V3 = 4095;

  /** The longest interval of VRRPv2, 255 s. */
  public static final int MAX_INTERVAL_V2 = 25_500;

  /** The most addresses the count field expresses. */
  public static final int MAX_ADDRESSES = 255;

  /**
   * Checks every range and copies the list.
   *
   * @throws IllegalArgumentException if a part is out of range; the message says which
   * @throws NullPointerException if a part is null
   */
  public VrrpAdvert {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(auth, "auth");
    addresses = List.copyOf(addresses);
    if (vrid < 1 || vrid > 255) {
      throw new IllegalArgumentException("a VRID is 1 to 255, not " + vrid);
    }
    if (priority < 0 || priority > 255) {
      throw new IllegalArgumentException("a priority is 0 to 255, not " + priority);
    }
    if (addresses.isEmpty() || addresses.size() > MAX_ADDRESSES) {
      throw new IllegalArgumentException(
          "an advert carries 1 to 255 addresses, not " + addresses.size());
    }
    checkFamilies(version, addresses);
    switch (version) {
      case V2 -> {
        if (intervalCentiseconds < 100
            || intervalCentiseconds > MAX_INTERVAL_V2
            || intervalCentiseconds % 100 != 0) {
          throw new IllegalArgumentException(
              "a VRRPv2 interval is whole seconds from 100 to 25500 centiseconds, not "
                  + intervalCentiseconds);
        }
      }
      case V3 -> {
        if (intervalCentiseconds < 1 || intervalCentiseconds > MAX_INTERVAL_V3) {
          throw new IllegalArgumentException(
              "a VRRPv3 interval is 1 to 4095 centiseconds, not " + intervalCentiseconds);
        }
        if (!(auth instanceof VrrpAuth.None)) {
          throw new IllegalArgumentException("VRRPv3 has no authentication");
        }
      }
    }
  }

  private static void checkFamilies(VrrpVersion version, List<IpAddress> addresses) {
    IpFamily family = addresses.get(0).family();
    if (version == VrrpVersion.V2 && family != IpFamily.IPV4) {
      throw new IllegalArgumentException("VRRPv2 carries IPv4 addresses only");
    }
    for (int i = 1; i < addresses.size(); i++) {
      if (addresses.get(i).family() != family) {
        throw new IllegalArgumentException("an advert never mixes IPv4 and IPv6 addresses");
      }
    }
  }

  /**
   * Makes a VRRPv3 advert.
   *
   * @param vrid 1 to 255
   * @param priority 0 to 255
   * @param intervalCentiseconds 1 to 4095
   * @param addresses 1 to 255 addresses of one family
   * @return the advert
   * @throws IllegalArgumentException if a part is out of range
   */
  public static VrrpAdvert v3(
      int vrid, int priority, int intervalCentiseconds, List<IpAddress> addresses) {
    return new VrrpAdvert(
        VrrpVersion.V3, vrid, priority, intervalCentiseconds, addresses, VrrpAuth.NONE);
  }

  /**
   * Makes a VRRPv2 advert.
   *
   * @param vrid 1 to 255
   * @param priority 0 to 255
   * @param intervalSeconds 1 to 255
   * @param addresses 1 to 255 IPv4 addresses
   * @param auth the authentication
   * @return the advert
   * @throws IllegalArgumentException if a part is out of range
   */
  public static VrrpAdvert v2(
      int vrid, int priority, int intervalSeconds, List<IpAddress> addresses, VrrpAuth auth) {
    if (intervalSeconds < 1 || intervalSeconds > 255) {
      throw new IllegalArgumentException(
          "a VRRPv2 interval is 1 to 255 seconds, not " + intervalSeconds);
    }
    return new VrrpAdvert(VrrpVersion.V2, vrid, priority, intervalSeconds * 100, addresses, auth);
  }

  /**
   * Returns the family of the virtual addresses, which is also the family that carries the message.
   *
   * @return the family
   */
  public IpFamily family() {
    return addresses.get(0).family();
  }

  /**
   * Tells whether the sender announces that it stops being ACTIVE.
   *
   * @return true for priority 0
   */
  public boolean isResignation() {
    return priority == PRIORITY_RESIGN;
  }

  /**
   * Returns a copy with another priority.
   *
   * @param newPriority 0 to 255
   * @return the copy
   * @throws IllegalArgumentException if it is out of range
   */
  public VrrpAdvert withPriority(int newPriority) {
    return new VrrpAdvert(version, vrid, newPriority, intervalCentiseconds, addresses, auth);
  }

  /**
   * Returns a copy with another interval.
   *
   * @param newIntervalCentiseconds in the range of the version
   * @return the copy
   * @throws IllegalArgumentException if it is out of range
   */
  public VrrpAdvert withIntervalCentiseconds(int newIntervalCentiseconds) {
    return new VrrpAdvert(version, vrid, priority, newIntervalCentiseconds, addresses, auth);
  }
}

package io.havip.testkit.scenario;

import io.havip.HavipConfigException;
import io.havip.Preemption;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.List;

/**
 * What a scenario says about a member's virtual router. The ranges are those of {@link
 * VirtualRouterConfig}.
 *
 * @param vrid the VRID
 * @param version the VRRP version
 * @param priority the configured priority
 * @param interval time between adverts
 * @param addresses what the group shares, at least one, each with its prefix length and nothing
 *     else
 * @param preemption whether to take over from a live member of lower priority
 * @param downMultiplier adverts that may be missing
 * @param unicast whether adverts go to each other member instead of a multicast group
 */
public record RouterSettings(
    int vrid,
    VrrpVersion version,
    int priority,
    Duration interval,
    List<VirtualAddress> addresses,
    Preemption preemption,
    int downMultiplier,
    boolean unicast) {

  /**
   * Copies the addresses and checks every range.
   *
   * @throws IllegalArgumentException if a value is out of range; the message says which
   */
  public RouterSettings {
    addresses = List.copyOf(addresses);
    for (VirtualAddress each : addresses) {
      if (!each.equals(VirtualAddress.of(each.address()).withPrefixLength(each.prefixLength()))) {
        throw new IllegalArgumentException(
            each.address() + " of a scenario has a prefix length and nothing else");
      }
    }
    // The transport does not matter for the ranges, and the other members are not known here.
    checked(builder(vrid, version, priority, interval, addresses, preemption, downMultiplier));
  }

  /**
   * The settings of a router with the RFC's defaults: version 3, priority 100, adverts every second
   * by multicast, preemption at once.
   *
   * @param vrid 1 to 255
   * @param address such as {@code 10.0.0.50/24}
   * @return the settings
   */
  public static RouterSettings of(int vrid, String address) {
    return new RouterSettings(
        vrid,
        VrrpVersion.V3,
        100,
        Duration.ofSeconds(1),
        List.of(VirtualAddress.parse(address)),
        Preemption.AT_ONCE,
        3,
        false);
  }

  /**
   * {@return the same with another priority}
   *
   * @param value 1 to 255
   */
  public RouterSettings withPriority(int value) {
    return new RouterSettings(
        vrid, version, value, interval, addresses, preemption, downMultiplier, unicast);
  }

  /**
   * {@return the same with another time between adverts}
   *
   * @param value the time
   */
  public RouterSettings withInterval(Duration value) {
    return new RouterSettings(
        vrid, version, priority, value, addresses, preemption, downMultiplier, unicast);
  }

  /**
   * {@return the same with another preemption}
   *
   * @param value whether to take over from a live member of lower priority
   */
  public RouterSettings withPreemption(Preemption value) {
    return new RouterSettings(
        vrid, version, priority, interval, addresses, value, downMultiplier, unicast);
  }

  /**
   * {@return the same by another transport}
   *
   * @param value true for unicast to each other member
   */
  public RouterSettings withUnicast(boolean value) {
    return new RouterSettings(
        vrid, version, priority, interval, addresses, preemption, downMultiplier, value);
  }

  /**
   * Begins the configuration of a member.
   *
   * @param own its own address
   * @param others those of the other members
   * @return a builder with these settings
   * @throws IllegalArgumentException if there is nobody to send unicast to
   */
  VirtualRouterConfigBuilder builder(IpAddress own, List<IpAddress> others) {
    VirtualRouterConfigBuilder builder =
        builder(vrid, version, priority, interval, addresses, preemption, downMultiplier);
    if (unicast) {
      if (others.isEmpty()) {
        throw new IllegalArgumentException("unicast needs another member to send to");
      }
      builder.unicast(
          own.toString(), others.stream().map(IpAddress::toString).toArray(String[]::new));
    }
    checked(builder);
    return builder;
  }

  private static VirtualRouterConfigBuilder builder(
      int vrid,
      VrrpVersion version,
      int priority,
      Duration interval,
      List<VirtualAddress> addresses,
      Preemption preemption,
      int downMultiplier) {
    VirtualRouterConfigBuilder builder =
        VirtualRouterConfig.builder(Scenario.ROUTER)
            .interfaceName(Scenario.INTERFACE)
            .vrid(vrid)
            .version(version)
            .priority(priority)
            .advertInterval(interval)
            .preemption(preemption)
            .downMultiplier(downMultiplier);
    addresses.forEach(builder::address);
    return builder;
  }

  private static void checked(VirtualRouterConfigBuilder builder) {
    try {
      builder.build();
    } catch (HavipConfigException e) {
      String prefix = "virtual router \"" + Scenario.ROUTER + "\": ";
      throw new IllegalArgumentException(String.valueOf(e.getMessage()).replace(prefix, ""), e);
    }
  }
}

package io.havip.vpc;

import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network interface, also called ENI. It lives in one subnet and can be attached to an instance.
 *
 * @param id names it
 * @param subnet where it lives
 * @param mac its Ethernet address, unique in the VPC
 * @param primaryAddress the address it keeps as long as it exists
 * @param secondaryAddresses addresses that an API call can move to another interface
 * @param attachment the instance it is attached to, or null
 * @param securityGroups what may come in; no group lets everything in
 */
public record NetworkInterface(
    InterfaceId id,
    SubnetId subnet,
    MacAddress mac,
    IpAddress primaryAddress,
    List<IpAddress> secondaryAddresses,
    @Nullable Attachment attachment,
    Set<SecurityGroupId> securityGroups) {

  /**
   * That an interface is attached.
   *
   * @param instance to which instance
   * @param primary whether it is the interface with which the instance was launched; it stays
   */
  public record Attachment(InstanceId instance, boolean primary) {}

  /** Copies the collections. */
  public NetworkInterface {
    secondaryAddresses = List.copyOf(secondaryAddresses);
    securityGroups = Checks.copy(securityGroups);
  }

  /**
   * Makes an interface that is not attached, with one address and without security groups.
   *
   * @param id names it
   * @param subnet where it lives
   * @param mac its Ethernet address
   * @param primaryAddress its address
   * @return the interface
   */
  public static NetworkInterface of(
      InterfaceId id, SubnetId subnet, MacAddress mac, IpAddress primaryAddress) {
    return new NetworkInterface(id, subnet, mac, primaryAddress, List.of(), null, Set.of());
  }

  /**
   * Tells whether an address is one of this interface's own. A HAVIP never is, also while the
   * interface holds it.
   *
   * @param address any address
   * @return true if it is the primary or a secondary address
   */
  public boolean has(IpAddress address) {
    return primaryAddress.equals(address) || secondaryAddresses.contains(address);
  }

  /**
   * Tells whether it is attached to an instance.
   *
   * @param instance the instance
   * @return true if it is
   */
  public boolean isAttachedTo(InstanceId instance) {
    return attachment != null && attachment.instance().equals(instance);
  }

  /**
   * The same with another attachment.
   *
   * @param newAttachment the instance, or null
   * @return the changed copy
   */
  public NetworkInterface withAttachment(@Nullable Attachment newAttachment) {
    return new NetworkInterface(
        id, subnet, mac, primaryAddress, secondaryAddresses, newAttachment, securityGroups);
  }

  /**
   * The same with one more secondary address.
   *
   * @param address an address it does not have
   * @return the changed copy
   */
  public NetworkInterface withSecondary(IpAddress address) {
    List<IpAddress> more = new ArrayList<>(secondaryAddresses);
    more.add(address);
    return withSecondaries(more);
  }

  /**
   * The same without a secondary address.
   *
   * @param address the address; nothing changes if it does not have it
   * @return the changed copy
   */
  public NetworkInterface withoutSecondary(IpAddress address) {
    return withSecondaries(secondaryAddresses.stream().filter(a -> !a.equals(address)).toList());
  }

  /**
   * The same with other security groups.
   *
   * @param groups all of them
   * @return the changed copy
   */
  public NetworkInterface withSecurityGroups(Collection<SecurityGroupId> groups) {
    return new NetworkInterface(
        id, subnet, mac, primaryAddress, secondaryAddresses, attachment, Checks.copy(groups));
  }

  private NetworkInterface withSecondaries(List<IpAddress> addresses) {
    return new NetworkInterface(
        id, subnet, mac, primaryAddress, addresses, attachment, securityGroups);
  }
}
